"""The completion scripts of the three shells: they ask `crm _complete` and quote what comes back."""

from __future__ import annotations

# COMP_WORDS splits at `:`, `@` and `=`, so the whole line is handed over and read again by our own rules.
BASH = r"""# crm completion for bash: put `eval "$(crm completion bash)"` into ~/.bashrc
_crm_completion() {
    local answer
    COMPREPLY=()
    while IFS= read -r answer; do
        case $answer in
            :files) compopt -o default 2>/dev/null; COMPREPLY=(); return ;;
            *) COMPREPLY+=("$answer") ;;
        esac
    done < <(crm _complete bash -- "${COMP_WORDS[COMP_CWORD]}" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
}
complete -F _crm_completion crm
"""

ZSH = r"""#compdef crm
# crm completion for zsh: put `eval "$(crm completion zsh)"` into ~/.zshrc, after compinit
_crm() {
    local value text
    local -a values shown
    while IFS=$'\t' read -r value text; do
        case $value in
            :files) _files; return ;;
            *) values+=("$value"); shown+=("$value${text:+  $text}") ;;
        esac
    done < <(crm _complete zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
    (( $#values )) && compadd -U -l -d shown -a values
}
compdef _crm crm
"""

FISH = r"""# crm completion for fish: crm completion fish > ~/.config/fish/completions/crm.fish
function __crm_complete
    set -l answers (crm _complete fish -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
    if test "$answers[1]" = ":files"
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $answers
    end
end
complete -c crm -f -a '(__crm_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
