# The built-in container: its namespaces, its init, and that nothing stays behind.
source ./container.sh

the_workload_is_process_2_and_init_its_parent() {
    _as_root_and_not && return
    _trace --sandbox -- sh -c 'echo $$ $PPID'
    _expect "pid and parent" "$(cat out)" "2 1"
    _expect_journal '"exited":0'
}

with_pid1_the_workload_is_process_1() {
    _as_root_and_not && return
    _trace --sandbox --pid1 -- sh -c 'echo $$ $PPID; kill -TERM $$; echo alive'
    _expect "pid and parent" "$(cat out)" "1 0
alive"
}

proc_shows_the_processes_of_the_container_only() {
    _as_root_and_not && return
    _trace --sandbox -- sh -c 'echo /proc/[0-9]*'
    _expect "processes" "$(cat out)" "/proc/1 /proc/2"
}

every_namespace_is_a_new_one() {
    _as_root_and_not && return
    for kind in pid mnt ipc uts cgroup; do
        _trace --sandbox -- readlink "/proc/self/ns/$kind"
        [ "$(cat out)" != "$(readlink /proc/self/ns/$kind)" ] || fail "$kind is the caller's"
    done
    _trace --sandbox -- readlink /proc/self/ns/net
    _expect "net namespace" "$(cat out)" "$(readlink /proc/self/ns/net)"
}

the_host_name_is_the_container_s_own() {
    _as_root_and_not && return
    before=$(uname -n)
    _trace --sandbox --hostname a-box -- uname -n
    _expect "host name inside" "$(cat out)" a-box
    _trace --sandbox -- uname -n
    _expect "host name without the option" "$(cat out)" "$before"
    _expect "host name outside" "$(uname -n)" "$before"
}

without_a_network_there_is_loopback_alone_and_it_is_up() {
    _as_root_and_not && return
    _trace --sandbox --network none -- "$PWD/act" interfaces
    _expect "interfaces" "$(cat out)" "lo up"
}

orphans_come_to_init_which_reaps_them() {
    _as_root_and_not && return
    _trace --sandbox -- sh -c 'p=$(sh -c "(exec > /dev/null; read x < $0) & echo \$!")
        grep PPid /proc/$p/status; echo > $0; while [ -e /proc/$p ]; do :; done; echo reaped' "$(_fifo)"
    _expect "orphan" "$(cat out)" "PPid:	1
reaped"
}

a_signal_for_init_from_inside_goes_to_the_workload() {
    _as_root_and_not && return
    _trace --sandbox -- sh -c 'trap "echo TERM; exit 4" TERM; trap "echo USR1" USR1
        kill -USR1 1; kill -CHLD 1; kill -TERM 1; while :; do :; done'
    _expect "signals" "$(sort out)" "TERM
USR1"
    _expect_journal '"exited":4'
}

what_the_workload_leaves_running_ends_with_it() {
    _as_root_and_not && return
    _trace --sandbox -- sh -c 'sleep 1000 & exit 5'
    _expect_journal '"exited":5'
    _expect_journal '"t":"running"'
}

a_killed_tracer_takes_init_and_all_others_along() {
    _as_root_and_not && return
    local tracer namespace pipe
    pipe=$(_fifo)
    $as "$PWD/profgen-tracer" record --journal "$PWD/open/killed" --sandbox -- \
        sh -c "$(_encode "trap '' TERM HUP INT; sleep 1000 & readlink /proc/self/ns/pid > $pipe; wait")" &
    tracer=$!
    read -r namespace < "$pipe"
    kill -KILL $tracer
    for _ in $(seq 2000); do
        _processes_in "$namespace" > left || break
        sleep 0.01
    done
    _expect "processes in the namespace" "$(cat left)" ""
    _expect_nothing_left
    rm -f open/killed
}

_processes_in() {
    ls -l /proc/[0-9]*/ns/pid 2> /dev/null | grep -F -e "-> $1"
}

a_refused_proc_is_a_failure_of_the_sandbox() {
    _only_root
    _skip_without_sandbox
    command -v unshare > /dev/null || skip "unshare is not installed"
    echo "mount --bind /dev/null /proc/version && exec $_nobody \"\$@\"" > masked
    as="unshare -m sh $PWD/masked"
    _trace --sandbox -- true
    _expect "exit status" $status 125
    _expect_journal '"stage":"sandbox","errno":1,"message":"/proc: the kernel refuses'
}

a_refused_user_namespace_is_a_failure_of_the_sandbox() {
    _as_root_and_not && return
    command -v unshare > /dev/null || skip "unshare is not installed"
    echo 'echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --bounding-set -sys_admin "$@"' > no-namespaces
    as="$as unshare -Ur sh $PWD/no-namespaces"
    _trace --sandbox -- true
    _expect "exit status" $status 125
    _expect_journal '"stage":"sandbox","errno":28,"message":"a user namespace'
}
