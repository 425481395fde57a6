// The scripts that teach a shell: each asks `completion candidates` and turns the answer into the shell's own form.

export const SHELLS: readonly string[] = ["bash", "zsh", "fish"];

/** bash cuts words at `=` and `:`, so the whole line is read, and what stands before them is taken off the answers. */
const BASH = `# secctx in bash: eval "$(secctx completion bash)"
_secctx() {
  local line="\${COMP_LINE:0:COMP_POINT}" answer value prefix directive=""
  local -a words
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  local current="\${words[\${#words[@]}-1]}"
  prefix="\${current%"\${current##*[=:]}"}"
  COMPREPLY=()
  while IFS= read -r answer; do
    value="\${answer%%$'\\t'*}"
    case $value in
      :[04]) directive=$value ;;
      *) COMPREPLY+=("\${value#"$prefix"}") ;;
    esac
  done < <("\${words[0]}" completion candidates -- "\${words[@]:1}" 2>/dev/null)
  [[ $directive == :0 ]] && compopt -o default -o bashdefault 2>/dev/null
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -F _secctx secctx kubectl-secctx
`;

const ZSH = `#compdef secctx kubectl-secctx
# secctx in zsh: source <(secctx completion zsh), or as _secctx in a folder of $fpath
_secctx() {
  local -a answers values
  local answer
  answers=("\${(@f)$("\${words[1]}" completion candidates -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for answer in "\${(@)answers[1,-2]}"; do
    values+=("\${\${answer%%$'\\t'*}//:/\\\\:}:\${answer#*$'\\t'}")
  done
  (( \${#values} )) && _describe -t values secctx values
  if [[ \${answers[-1]} == :0 ]]; then
    compset -P '*='
    _files
  fi
}
if [[ \${funcstack[1]:-} == _secctx ]]; then
  _secctx "$@"
else
  compdef _secctx secctx kubectl-secctx
fi
`;

const FISH = `# secctx in fish: secctx completion fish | source
function __secctx_complete
    set -l words (commandline -opc)
    set -l answers ($words[1] completion candidates -- $words[2..] (commandline -ct) 2>/dev/null)
    for answer in $answers
        switch $answer
            case :0
                __fish_complete_path (string replace -r '^.*=' '' -- (commandline -ct))
            case :4
            case '*'
                echo $answer
        end
    end
end
complete -c secctx -f -a '(__secctx_complete)'
complete -c kubectl-secctx -f -a '(__secctx_complete)'
`;

/** kubectl asks this program, which has to lie on the PATH under this name, for the words behind \`kubectl secctx\`. */
export const KUBECTL_NAME = "kubectl_complete-secctx";
const KUBECTL = `#!/bin/sh
# ${KUBECTL_NAME}: kubectl completes \`kubectl secctx\` with it. Put it on the PATH, executable.
exec kubectl-secctx completion candidates -- "$@"
`;

export const COMPLETION_SCRIPTS: Readonly<Record<string, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  kubectl: KUBECTL,
};
