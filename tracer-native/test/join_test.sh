# Commands in a container that is there already, each with a tracer of its own.
source ./container.sh

# _inside OPTION... -- COMMAND...: in the container of process $main
_inside() {
    local words=()
    for word in "$@"; do words+=("$(_encode "$word")"); done
    rm -f open/beside
    status=0
    # shellcheck disable=SC2086 # several words
    $as timeout -s KILL 20 "$PWD/profgen-tracer" record --journal "$PWD/open/beside" --sandbox --join "$main" --phase exec "${words[@]}" \
        > out 2> err < /dev/null || status=$?
    cp open/beside j
    ! grep -q 'Sanitizer\|runtime error' err || fail "a sanitizer's report"
}

# _container OPTION...: one that waits until `_end_container`; $main is its first process, as seen from here
_container() {
    rm -f open/journal open/wait
    mkfifo -m 666 open/wait
    # shellcheck disable=SC2086 # several words
    $as timeout -s KILL 60 "$PWD/profgen-tracer" record --journal "$PWD/open/journal" --sandbox "$@" \
        -- sh -c "$(_encode "read x < open/wait")" > /dev/null 2>&1 &
    await '"t":"call"' open/journal
    main=$(main_pid open/journal)
}

_end_container() {
    echo > open/wait
    wait
    _expect_nothing_left
}

a_command_is_run_in_the_namespaces_with_the_rights_and_in_the_folder_of_the_workload() {
    _as_root_and_not && return
    _container --hostname a-box --cap-bounding 400
    _inside --cap-bounding 400 -- sh -c 'uname -n; echo /proc/[0-9]*; pwd; grep CapBnd /proc/self/status
        readlink /proc/self/ns/pid /proc/self/ns/mnt /proc/self/ns/ipc; exit 3'
    eq status 0 "$status"
    eq output "a-box /proc/1 /proc/2 /proc/3 $PWD CapBnd: 0000000000000400 $(
        $as readlink /proc/"$main"/ns/pid /proc/"$main"/ns/mnt /proc/"$main"/ns/ipc | xargs)" "$(xargs < out)"
    eq end '"exited":3' "$(end_of j | cut -d, -f1)"
    eq phase exec "$(phases_of j execve)"
    _end_container
}

what_it_leaves_running_is_ended_and_the_workload_goes_on() {
    _as_root_and_not && return
    _container
    _inside -- sh -c 'sleep 1000 & exit 0'
    eq status 0 "$status"
    eq "left running" 1 "$(lines j running | wc -l)"
    _inside -- sh -c 'for p in /proc/[0-9]*; do cat $p/comm; done'
    eq processes 'profgen-init sh sh' "$(head -3 out | xargs)"
    _end_container
}

a_container_that_has_gone_is_a_failure_of_its_own() {
    _as_root_and_not && return
    _container
    _end_container
    _inside -- true
    eq status 125 "$status"
    grep -q '"stage":"sandbox","errno":2,"message":"process [0-9]*, whose container is to be entered' j || fail "$(cat j)"
}
