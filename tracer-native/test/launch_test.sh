# How a workload starts, on the host and in the built-in container, and how its start fails.
source ./container.sh

statuses_and_signals_of_the_workload_are_exact() {
    _as_root_and_not && return
    local numbers="0 1 2 77 125 126 127 128 129 255" signals="1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 24 25 26 27 29 30 31 34 50 64"
    [ -z "${STRESS-}" ] || { numbers="0 128 255" signals="2 3 6 9 11 15 64"; }
    for number in $numbers; do
        _trace --sandbox -- sh -c "exit $number"
        _expect_journal "\"exited\":$number,"
        _expect "tracer's own status" $status 0
    done
    for signal in $signals; do
        _trace --sandbox -- sh -c "kill -$signal \$\$"
        _expect_journal "\"signaled\":$signal,"
    done
}

signals_and_limits_that_a_jvm_changes_are_put_back() {
    _as_root_and_not && return
    first_as=$as
    for box in "" --sandbox; do
        as="$first_as $PWD/act ignoring 12,32,33"
        _trace $box --sigmask 4201 --nofile-soft 77 -- cat /proc/self/status
        _expect "SigBlk" "$(_field out SigBlk)" 0000000000004201
        _expect "SigIgn, 32 and 33 less" "$(_field out SigIgn)" 0000000000000800
        _trace $box --sigignore 180001000 -- cat /proc/self/status
        _expect "SigBlk" "$(_field out SigBlk)" 0000000000000000
        _expect "SigIgn" "$(_field out SigIgn)" 0000000180001000
        _trace $box --nofile-soft 77 -- "$PWD/act" limit
        _expect "limit of open files" "$(cat out)" 77
    done
    as=$first_as
}

the_workload_has_no_descriptor_of_the_tracer_s() {
    _as_root_and_not && return
    inherited=$($as sh -c 'cd /proc/$$/fd; echo *' < /dev/null 2> err)
    for box in "" --sandbox; do
        _trace $box -- sh -c 'cd /proc/$$/fd; echo *'
        _expect "descriptors" "$(cat out)" "$inherited"
    done
}

the_environment_is_changed_as_asked() {
    _as_root_and_not && return
    _trace --sandbox --setenv A=1=2 --setenv B= --unsetenv HOME --workdir / -- env
    _expect "A" "$(grep '^A=' out)" A=1=2
    _expect "B" "$(grep '^B=' out)" B=
    _expect "HOME" "$(grep '^HOME=' out)" ""
}

# _cannot_run STATUS ERRNO WORDS COMMAND...
_cannot_run() {
    local number=$1 errno=$2 message=$3
    shift 3
    for box in "" --sandbox; do
        _trace $box --setenv "PATH=$PWD/open/locked:$PWD/path:" --workdir "$PWD" -- "$@"
        _expect_journal "\"stage\":\"exec\",\"errno\":$errno,\"message\":\"$message"
        _expect_journal "\"exited\":$number,"
        _expect "tracer's own status" $status 0
    done
}

_for_machine() {
    printf '\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0'"$1"'\1\0\0\0' > "path/$2"
    chmod 755 "path/$2"
}

commands_that_cannot_run_fail_as_in_a_shell() {
    _as_root_and_not && return
    mkdir -p path/folder open/locked
    chmod 0 open/locked
    echo '#!/no/such/interpreter' > path/orphan
    printf '\177ELF\0\1\2garbage\n' > path/garbage
    echo plain > path/plain
    chmod 755 path/orphan path/garbage
    _cannot_run 127 2 "no-such-command: command not found" no-such-command
    _cannot_run 127 2 "folder: command not found" folder
    _cannot_run 127 2 "/no/such: No such file" /no/such
    _cannot_run 127 2 "$PWD/path/orphan: its interpreter" orphan
    _cannot_run 126 21 "/: Is a directory" /
    _cannot_run 126 13 "$PWD/path/plain: Permission denied" plain
    _cannot_run 126 13 "$PWD/path/plain: Permission denied" "$PWD/path/plain"
    _cannot_run 126 8 "$PWD/path/garbage: Exec format error" garbage
    _for_machine '\267\0' foreign
    _cannot_run 126 8 "$PWD/path/foreign: is a program for aarch64; this machine is $(uname -m)" foreign
    _for_machine '\377\0' unknown
    _cannot_run 126 8 "$PWD/path/unknown: is a program for ELF machine 255; this machine is $(uname -m)" unknown
    _cannot_run 126 20 "$PWD/path/plain/x: Not a directory" "$PWD/path/plain/x"
}

a_script_without_an_interpreter_line_is_the_shell_s() {
    _as_root_and_not && return
    mkdir -p path
    echo 'echo script $0 $1' > path/script
    chmod 755 path/script
    _trace --setenv "PATH=/no/such:$PWD/path" --workdir / -- script word
    _expect "output" "$(cat out)" "script $PWD/path/script word"
    _trace --setenv "PATH=:/bin:/usr/bin" --workdir "$PWD/path" -- script word
    _expect "output by an empty element of PATH" "$(cat out)" "script ./script word"
    _trace --unsetenv PATH -- true
    _expect_journal '"exited":0'
}
