# The terminal passes through, on the host and in the built-in container.
source ./container.sh

a_shell_on_a_terminal_has_job_control_and_gives_the_terminal_back() {
    _as_root_and_not && return
    command -v bash > /dev/null || skip "bash is not installed"
    for box in --sandbox "--sandbox --pid1" ""; do
        status=0
        $as timeout -s KILL 30 "$PWD/terminal" \
            'now:' "sh -c 'echo st''arted; exec sleep 1000'" 'started' ^C \
            'now:' 'echo ended $?' 'ended 130' "sh -c 'echo st''arted; exec sleep 1000'" 'started' ^Z \
            'Stopped' 'exit 4' 'stopped jobs' 'exit 4' 'inner=4' 'some words' -- \
            bash -c "$PWD/profgen-tracer record --journal $PWD/open/tty $box --setenv PS1=now: -- bash --noediting --norc --noprofile -i
                     tail -n 1 $PWD/open/tty | sed 's/.*exited.:\([0-9]*\).*/inner=\1/'; read x; echo got \$x" \
            > out 2> err || status=$?
        _expect "status" $status 0
        grep -q "got some words" out || fail "the terminal was not given back ($box)"
        rm -f "$PWD/open/tty"
    done
}

the_terminal_s_interrupt_is_the_recorder_s_where_it_ends_the_run() {
    for back_end in ptrace late ebpf strace; do
        "$TRACER" record --tracer $back_end --journal probe -- true || continue # what it lacks is said elsewhere
        for box in "" --sandbox; do
            [ -z "$box" ] || "$TRACER" probe | grep -q '"feature":"sandbox","works":true' || continue
            rm -f j probe
            status=0
            timeout -s KILL 30 "$TOOLS/terminal" ready ^C '^C' go 'got go' -- "$TRACER" record --tracer $back_end --end-with-parent \
                --journal j $box -- sh -c 'trap "exit 3" INT; echo ready; read x; echo got $x; exit 5' > out 2> err || status=$?
            eq "$back_end $box" '"exited":5' "$(end_of j | cut -d, -f1)"
        done
    done
}

the_terminal_s_interrupt_reaches_the_workload() {
    _as_root_and_not && return
    for box in --sandbox ""; do
        status=0
        $as timeout -s KILL 30 "$PWD/terminal" 'ready' ^C -- "$PWD/profgen-tracer" record --journal "$PWD/open/tty" \
            $box -- sh -c "$(_encode 'trap "echo INT; exit 3" INT; echo ready; while :; do :; done')" \
            > out 2> err || status=$?
        cp "$PWD/open/tty" journal
        rm -f "$PWD/open/tty"
        _expect_journal '"exited":3'
    done
}
