import type { CommandDeclaration } from "../shared/declaration.ts";

export const shells = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

export const declaration: CommandDeclaration = {
  name: "completion",
  details: `Completes commands, flags and their values. It also completes what is in your cache: genres, styles, labels,
folders, artists and record numbers. Names with spaces or special characters are quoted. To install it:
  bash        echo 'source <(rewind completion bash)' >> ~/.bashrc
  zsh         echo 'source <(rewind completion zsh)' >> ~/.zshrc
  fish        rewind completion fish > ~/.config/fish/completions/rewind.fish
  powershell  rewind completion powershell >> $PROFILE`,
  arguments: [{ name: "<shell>", help: "", choices: { words: shells } }],
  examples: [
    ["rewind completion bash", "print the script"],
    ["source <(rewind completion bash)", "use it in the current shell"],
  ],
  load: async () => (await import("./run.ts")).runCompletion,
};
