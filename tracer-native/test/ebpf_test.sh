# The back end in the kernel: what it sees, what it bounds, what stays of it.

_needs_ebpf() {
    "$TRACER" probe | grep -q '"feature":"ebpf","works":true' || skip "$("$TRACER" probe | grep '"feature":"ebpf"')"
}

# _by BACKEND JOURNAL COMMAND...
_by() {
    BACKEND="--tracer $1" record "$2" -- "${@:3}"
    eq lost '' "$(notes "$2" lost-events)"
}

# _tuples JOURNAL: argument values that an environment does not change, sorted
_tuples() {
    lines "$1" args | sed 's/"exe":[0-9]*,//' | sort
    lines "$1" args-many | sed 's/"exe":[0-9]*,//' | sort
}

_agree() {
    _by ptrace ptrace.j "$@"
    _by ebpf ebpf.j "$@"
    eq "counts of $1" "$(counts ptrace.j)" "$(counts ebpf.j)"
    eq "arguments of $1" "$(_tuples ptrace.j)" "$(_tuples ebpf.j)"
    eq "end of $1" "$(end_of ptrace.j)" "$(end_of ebpf.j)"
    rm -f ptrace.j ebpf.j
}

it_sees_what_ptrace_sees() {
    _needs_ebpf
    for name in known forks arguments; do _agree "$(workload $name)"; done
    ! "$(workload foreign)" > /dev/null || _agree "$(workload foreign)"
}

without_the_kernel_s_types_it_sees_the_same() {
    _needs_ebpf
    export PROFGEN_WITHOUT_BTF=1
    for name in known forks arguments; do _agree "$(workload $name)"; done
    ! "$(workload foreign)" > /dev/null || _agree "$(workload foreign)"
}

what_holds_of_calls_and_processes_holds_by_ebpf() {
    _needs_ebpf
    cd "$OLDPWD"
    BACKEND='--tracer ebpf' STRICT='' SKIPPED='' ./run calls_test.sh processes_test.sh sandboxed_tracing_test.sh
}

a_program_that_may_not_be_read_runs_and_is_recorded() {
    _needs_ebpf
    command -v setpriv > /dev/null || skip "needs setpriv (util-linux)"
    [ -r /sys/kernel/btf/vmlinux ] || skip "without root it needs a kernel with BTF"
    chmod 777 .
    cp "$(workload known)" known
    chmod 711 known
    cp "$TRACER" tracer
    status=0
    timeout -s KILL 60 setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps +bpf,+perfmon --ambient-caps +bpf,+perfmon \
        ./tracer record --tracer ebpf --journal j -- ./known > out 2> err || status=$?
    eq status 0 "$status"
    as_expected j '\[known\]'
}

what_32_bit_code_does_is_looked_at_where_its_arguments_are() {
    _needs_ebpf
    "$(workload foreign_code)" > /dev/null || skip "this machine runs no 32-bit code"
    _agree "$(workload foreign_code)"
    _by ebpf j "$(workload foreign_code)"
    notes j installed-filter | grep -q '/foreign_code installed' || fail "$(lines j note)"
}

what_ended_before_pid_1_is_not_among_what_still_ran() {
    _needs_ebpf
    "$TRACER" probe | grep -q '"feature":"sandbox","works":true' || skip "no container on this machine"
    for what in "sh -c true" "$(workload headless) main"; do
        rm -f j
        BACKEND='--tracer ebpf' record j --sandbox --pid1 -- $what
        eq notes '' "$(notes j still-running)"
    done
}

what_comes_while_the_recorder_stands_still_is_counted_and_said_to_be_lost() {
    _needs_ebpf
    mkdir names
    cp "$(workload paths)" .
    timeout -s KILL 60 "$TRACER" record --tracer ebpf --journal j --ready-call "$(number_of getsid)" -- \
        sh -c 'until [ -e go ]; do sleep 0.01; done; ./paths names 800; touch done; until [ -e end ]; do sleep 0.01; done' > out &
    await '"argv0":"sleep"' j
    tracer=$(lines j start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')
    kill -STOP "$tracer"
    touch go
    until [ -e done ]; do sleep 0.01; done
    kill -CONT "$tracer"
    await '"phase":"serving".*"cause":"an event that was lost"' j
    touch end
    wait %1
    eq getsid 1 "$(counts j | awk '$3 == "getsid" { n += $4 } END { print n }')"
    notes j lost-events | grep -q '^the recorder was too slow for ' || fail "$(lines j note)"
    [ "$(end_of j | sed 's/.*"lost"://')" -gt 0 ] || fail "$(end_of j)"
}

where_calls_are_seen_by_two_programs_it_sees_the_same() {
    _needs_ebpf
    export PROFGEN_PREEMPTED=1
    for name in known forks arguments; do _agree "$(workload $name)"; done
    ! "$(workload foreign)" > /dev/null || _agree "$(workload foreign)"
    export PROFGEN_WITHOUT_BTF=1
    _agree "$(workload forks)"
}

what_the_first_of_them_is_kept_from_the_second_tells() {
    _needs_ebpf
    # A kernel that interrupts programs interrupts that one too.
    [ "$(uname -r | cut -d. -f1)" -lt 7 ] || return 0
    export PROFGEN_PREEMPTED=always
    for name in forks arguments; do _agree "$(workload $name)"; done
    ! "$(workload foreign)" > /dev/null || _agree "$(workload foreign)"
    export PROFGEN_WITHOUT_BTF=1
    _agree "$(workload forks)"
}

what_traces_others_works_and_is_recorded() {
    _needs_ebpf
    command -v strace > /dev/null || skip "needs strace"
    _by ebpf j strace -f -o log "$(workload known)"
    eq status '"exited":7' "$(end_of j | cut -d, -f1)"
    counts j | grep -q '^strace [a-z0-9_]* ptrace ' || fail "$(counts j | grep strace)"
    counts j | grep -q '^known [a-z0-9_]* getppid 3 ' || fail "$(counts j | grep known)"
}

a_set_user_id_program_gets_its_privilege() {
    _needs_ebpf
    command -v setpriv findmnt > /dev/null || skip "needs setpriv and findmnt (util-linux)"
    findmnt -nT . -o OPTIONS | grep -q nosuid && skip "set-user-ID programs have no effect in $PWD"
    chmod 755 .
    cp "$(command -v id)" set-id
    chmod 4755 set-id
    BACKEND='--tracer ebpf' record j --uid 65534 --gid 65534 -- sh -c "exec $PWD/set-id"
    grep -q 'euid=0' out || fail "$(cat out)"
}

executables_of_one_name_are_told_apart_and_more_than_there_is_room_for_lose_no_call() {
    _needs_ebpf
    mkdir many
    tee many/{1..520} < "$(workload known)" > /dev/null
    chmod 755 many/*
    _by ebpf j bash -c 'for i in many/*; do "$i" > /dev/null; done; :'
    eq getppid 1560 "$(counts j | awk '$3 == "getppid" && $1 != "bash" { n += $4 } END { print n }')"
    counts j | grep -q '^(other) [a-z0-9_]* getppid ' || fail "$(counts j | grep getppid | head)"
    lines j note | grep -q '"kind":"many-executables"' || fail "$(lines j note)"
}

a_file_that_follows_a_deleted_one_is_told_apart_from_it() {
    _needs_ebpf
    _by ebpf j bash -c 'cp "$0" first; ./first; rm first; cp "$1" second; ./second; :' "$(workload known)" "$(workload forks)"
    counts j | grep -q '^first [a-z0-9_]* getppid 3 ' || fail "$(counts j | grep -v bash)"
    counts j | grep -q '^second [a-z0-9_]* getsid 6 ' || fail "$(counts j | grep -v bash)"
}

a_process_that_is_gone_at_once_still_has_its_path() {
    _needs_ebpf
    for i in 1 2 3 4 5 6 7 8; do
        rm -f j
        cp "$(workload known)" "gone$i"
        _by ebpf j bash -c '(./gone'$i' > /dev/null; :) & ('"$PWD"'/gone'$i' > /dev/null; :) & wait'
        lines j exe | grep -q "\"path\":\"[^\"]*/gone$i\"" || fail "$(lines j exe)"
        eq getppid "gone$i 6" "$(counts j | awk '$3 == "getppid" && $1 != "bash" { name = $1; sum += $4 } END { print name, sum }')"
        # Without the kernel's types, what is gone keeps the name that it was executed by, here one of two.
        [ ! -e /sys/kernel/btf/vmlinux ] || eq paths 1 "$(lines j exe | grep -c "/gone$i\"")"
    done
}

what_holds_of_attaching_holds_by_ebpf() {
    _needs_ebpf
    cd "$OLDPWD"
    BACKEND='--tracer ebpf' STRICT='' SKIPPED='' ./run attach_test.sh
}

threads_whose_ids_lead_to_one_place_are_all_followed() {
    _needs_ebpf
    export PROFGEN_PLACES=1
    for name in known forks arguments; do _agree "$(workload $name)"; done
}

what_holds_of_threads_that_share_a_place_holds_by_ebpf() {
    _needs_ebpf
    export PROFGEN_PLACES=2
    cd "$OLDPWD"
    BACKEND='--tracer ebpf' STRICT='' SKIPPED='' ./run attach_test.sh processes_test.sh
}

a_call_in_which_a_thread_waits_all_the_while_is_seen() {
    _needs_ebpf
    timeout -s KILL 60 bash -c ': > up; read -r < <(exec sleep 50)' &
    until [ -e up ]; do sleep 0.01; done
    shell=$(pgrep -P $! bash)
    until sleeper=$(pgrep -P "$shell" sleep); do sleep 0.01; done
    : > control
    "$TRACER" attach --tracer ebpf --journal j --control control "$shell" 2> err &
    tracer=$!
    await '"kind":"attached"' j
    echo stop >> control
    wait "$tracer" || fail "status $?"
    kill -KILL "$sleeper" "$shell"
    for call in 'bash [a-z0-9_]* read' 'sleep [a-z0-9_]* clock_nanosleep'; do counts j | grep -q "^$call 1 {}" || fail "$call: $(counts j)"; done
}

what_others_execute_in_a_recorded_container_is_seen() {
    _needs_ebpf
    command -v nsenter unshare > /dev/null || skip "needs unshare and nsenter (util-linux)"
    unshare -pf --mount-proc true 2> err || skip "no pid namespace here: $(< err)"
    timeout -s KILL 60 unshare -pf --kill-child --mount-proc sleep 50 &
    until first=$(pgrep -P "$(pgrep -P $! unshare || echo 0)" sleep) 2> /dev/null; do sleep 0.01; done
    : > control
    "$TRACER" attach --tracer ebpf --journal j --control control "$first" 2> err &
    tracer=$!
    await '"kind":"attached"' j
    nsenter -t "$first" -p -m -F "$(workload known)" > out || :
    nsenter -t "$first" -p -m "$(workload known)" > out || :
    "$(workload known)" > /dev/null || :
    echo stop >> control
    wait "$tracer" || fail "status $?"
    kill -KILL "$first"
    counts j | grep -q '^known [a-z0-9_]* getppid 3 {}' || fail "$(counts j)"
}

where_it_fails_half_way_nothing_of_it_stays_with_the_back_end_that_is_taken() {
    _needs_ebpf
    # As many descriptors as the maps and some of the programs take, or all programs and hardly more.
    for limit in 18 22 26; do
        rm -f j
        (ulimit -n $limit && BACKEND='--tracer auto' record j -- bash -c 'ls -l /proc/$PPID/fd > '$limit)
        [ -s $limit ] || fail "no descriptors"
        lines j start | grep -q '"backend":"late"' || fail "$(lines j start)"
        ! grep bpf $limit || fail "after $limit"
    done
}

of_a_killed_tracer_nothing_stays() {
    _needs_ebpf
    timeout -s KILL 60 "$TRACER" record --tracer ebpf --journal j -- sleep 50 > out &
    await '"t":"call"' j
    tracer=$(lines j start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')
    guard=$(grep -l "^PPid:[[:space:]]*$tracer\$" /proc/[0-9]*/status 2> /dev/null | xargs grep -l profgen-guard | cut -d/ -f3)
    [ -d "/proc/$guard" ] || fail "no guard"
    kill -KILL "$tracer"
    await_end "$(main_pid j)"
    await_end "$guard"
}

of_a_tracer_that_is_killed_with_its_group_nothing_stays() {
    _needs_ebpf
    nothing_stays_of_a_killed_group ebpf
}

in_a_container_it_says_that_it_cannot() {
    unshare -pf --mount-proc true 2> err || skip "no pid namespace here: $(< err)"
    status=0
    unshare -pf --mount-proc "$TRACER" record --tracer ebpf --journal j -- true 2> err || status=$?
    eq status 125 "$status"
    lines j error | grep -q '"stage":"seize","errno":1,"message":"it follows processes from outside of containers only' || fail "$(cat j)"
}

untold='this kernel does not tell of capabilities: it has no BTF, or no programs for functions'

capabilities_are_seen_where_they_are_really_used() {
    _needs_ebpf
    BACKEND='--tracer ebpf' record j -- true
    lines j capabilities | grep -q '"observed":true' || skip "$untold"
    "$TRACER" probe | grep -q '"feature":"sandbox","works":true' || skip "no container on this machine"
    for run in 'chroot 18 chroot / true' 'setpriority 23 nice -n -5 true'; do
        read -r name capability command <<< "$run"
        BACKEND='--tracer ebpf' record "$name" --sandbox -- $command
        eq "$name" "$(number_of "$name") $capability" "$(lines "$name" capability | sed 's/.*"nr":\([0-9]*\),"capability":\([0-9]*\),"granted":true}$/\1 \2/')"
    done
    # Memory that grows asks for CAP_SYS_ADMIN in the kernel itself: brk, mmap, fork, and what a file in memory takes.
    BACKEND='--tracer ebpf' record memory --sandbox -- bash -c 'x=$(printf %2599999d 0); (sort /etc/passwd; echo ${#x}) > /dev/shm/x; rm /dev/shm/x'
    eq memory '' "$(lines memory capability)"
}

a_capability_that_is_not_there_is_refused() {
    _needs_ebpf
    BACKEND='--tracer ebpf' record j --uid 65534 --gid 65534 -- nice -n -5 true
    lines j capabilities | grep -q '"observed":true' || skip "$untold"
    lines j capability | grep -q '"nr":'"$(number_of setpriority)"',"capability":23,"granted":false' || fail "$(lines j capability)"
}

what_asks_in_the_function_s_own_file_is_told_by_every_kernel() {
    _needs_ebpf
    command -v setpriv > /dev/null || skip "needs setpriv (util-linux)"
    BACKEND='--tracer ebpf' record capset -- setpriv --inh-caps -all true
    lines capset capabilities | grep -q '"observed":true' || skip "$untold"
    BACKEND='--tracer ebpf' record prctl -- setpriv --securebits +noroot_locked true
    for name in capset prctl; do
        eq "$name" '"capability":8,"granted":true}' "$(lines $name capability | sed -n 's/.*"nr":'"$(number_of $name)"',//p')"
        local assumed=$(notes $name capability-assumed | wc -l)
        [ "$(printf '%s\n' 6.14 "$(uname -r)" | sort -V | head -n 1)" = 6.14 ] && eq assumed 0 "$assumed" || eq assumed 1 "$assumed"
    done
}
