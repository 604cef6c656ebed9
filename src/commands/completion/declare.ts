import type { CommandDeclaration } from "../shared/declaration.ts";

export const shells = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

export const declaration: CommandDeclaration = {
  name: "completion",
  details: `Commands, flags and their values, and from your cache genres, styles, labels, folders, artists and
the numbers of records, with their titles. The script asks rewind at each Tab; names with spaces or special
characters are quoted.
  bash        echo 'source <(rewind completion bash)' >> ~/.bashrc
  zsh         echo 'source <(rewind completion zsh)' >> ~/.zshrc
  fish        rewind completion fish > ~/.config/fish/completions/rewind.fish
  powershell  rewind completion powershell >> $PROFILE`,
  arguments: [{ name: "<shell>", help: "", choices: { words: shells } }],
  examples: [
    ["rewind completion bash", "print the script"],
    ["source <(rewind completion bash)", "in this shell, now"],
  ],
  load: async () => (await import("./run.ts")).runCompletion,
};
