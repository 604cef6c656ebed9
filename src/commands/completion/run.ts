import type { Context } from "../../context.ts";
import { parseChoice } from "../../model/errors.ts";
import { joinLines, toPrintableLines } from "../../output/safe-text.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";

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
  arguments: [{ name: "<shell>", help: "your shell", choices: { words: shells } }],
  examples: [
    ["rewind completion bash", "print the script"],
    ["source <(rewind completion bash)", "use it in the current shell"],
  ],
  load: async () => runCompletion,
};

async function runCompletion(context: Context, { arguments: [shell] }: Invocation): Promise<void> {
  const script = scripts[parseChoice("SHELL", String(shell), shells)];
  await context.write(joinLines([toPrintableLines(script.trim())]));
}

// The completion scripts. No shell evaluates a name: the program prints one word a line. bash inserts words that the
// program has quoted; the other shells quote words themselves.

// Works without bash-completion, and with bash 3.2 on macOS, which has no mapfile and no nameref.
const bash = String.raw`
# bash completion for rewind: source <(rewind completion bash)
_rewind() {
  local kind word meaning at width=0 meanings=() blanks='                                        '
  COMPREPLY=()
  while IFS=$'\t' read -r word meaning; do
    if [[ -z $kind ]]; then
      kind=$word
      continue
    fi
    COMPREPLY+=("$word")
    meanings+=("$meaning")
    [[ -n $meaning && ${"$"}{#word} -gt width && ${"$"}{#word} -le ${"$"}{#blanks} ]] && width=${"$"}{#word}
  done < <(command rewind __complete bash "${"$"}{COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
  if [[ $kind == files ]]; then
    compopt -o default 2>/dev/null
  elif [[ ${"$"}{#COMPREPLY[@]} -gt 1 && ( $COMP_TYPE == 63 || $COMP_TYPE == 33 || $COMP_TYPE == 64 ) ]]; then
    # Several are listed, and none is put on the line.
    for at in "${"$"}{!COMPREPLY[@]}"; do
      word=${"$"}{COMPREPLY[at]}
      [[ -n ${"$"}{meanings[at]} ]] && COMPREPLY[at]="$word${"$"}{blanks:0:width > ${"$"}{#word} ? width - ${"$"}{#word} : 0}  ${"$"}{meanings[at]}"
    done
  fi
}
complete -o nosort -F _rewind rewind 2>/dev/null || complete -F _rewind rewind
`;

const zsh = String.raw`
#compdef rewind
# zsh completion for rewind: source <(rewind completion zsh)
_rewind() {
  local kind word meaning
  local -i at width
  local -a found meanings shown
  while IFS=$'\t' read -r word meaning; do
    if [[ -z $kind ]]; then
      kind=$word
      continue
    fi
    found+=("$word")
    meanings+=("$meaning")
    [[ -n $meaning ]] && (( $#word > width && $#word <= 40 )) && width=$#word
  done < <(command rewind __complete zsh "${"$"}{(@)words[1,CURRENT-1]}" "$PREFIX" 2>/dev/null)
  if [[ $kind == files ]]; then
    _files
  elif (( $#found )); then
    for (( at = 1; at <= $#found; at++ )); do
      if [[ -z $meanings[at] ]]; then shown+=("$found[at]")
      elif (( $#found[at] > width )); then shown+=("$found[at]  $meanings[at]")
      else shown+=("${"$"}{(mr:width:)found[at]}  $meanings[at]")
      fi
    done
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -l -V rewind -d shown -a found
  fi
}
if [[ $funcstack[1] == _rewind ]]; then
  _rewind "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
  compdef _rewind rewind
fi
`;

const fish = String.raw`
# fish completion for rewind: rewind completion fish > ~/.config/fish/completions/rewind.fish
function __rewind_complete
    set -l answer (command rewind __complete fish (commandline -opc) (commandline -ct) 2>/dev/null)
    if test "$answer[1]" = files
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $answer[2..-1]
    end
end
complete -c rewind -k -f -a '(__rewind_complete)'
`;

const powershell = String.raw`
# PowerShell completion for rewind: rewind completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName rewind -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { '=' + $_.Value } else { '=' + $_.Extent.Text } })
    $answer = @(rewind __complete powershell @words ('=' + $wordToComplete) 2>$null)
    if ($answer.Count -lt 2 -or $answer[0] -ne 'words') { return }
    $answer | Select-Object -Skip 1 | ForEach-Object {
        $word, $meaning = $_ -split [char]9, 2
        $tip = if ($meaning) { $meaning } else { $word }
        $listed = if ($meaning) { "$word  $meaning" } else { $word }
        [System.Management.Automation.CompletionResult]::new($word, $listed, 'ParameterValue', $tip)
    }
}
`;

const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish, powershell };
