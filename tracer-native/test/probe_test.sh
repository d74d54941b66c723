# profgen-tracer probe.
source ./container.sh

probe_says_for_each_feature_what_works() {
    _as_root_and_not && return
    status=0
    $as "$PWD/profgen-tracer" probe > out 2> err || status=$?
    _expect "status" $status 0
    for feature in ptrace syscall-info user-namespace subid-ranges pid-namespace mount-proc net-namespace sandbox \
        seccomp-filter seccomp-user-notification ebpf tracefs-raw-syscalls outside-container yama-ptrace-scope \
        apparmor-user-namespaces no-seccomp-filter capabilities; do
        _expect "$feature" "$(grep -c "^{\"feature\":\"$feature\",\"works\":\(true\|false\),\"reason\":\".*\",\"remedy\":\".*\"}$" out)" 1
    done
    _expect "features" "$(wc -l <out)" 17
    grep -q '"feature":"ptrace","works":true' out || fail "ptrace"
}
