# Users, groups and capabilities in the built-in container.
source ./container.sh

_docker=a80425fb # the set of Docker's 14 default capabilities

# capabilities BOUNDING PERMITTED: effective is as permitted, the others are empty
_expect_capabilities() {
    for pair in "CapBnd $1" "CapPrm $2" "CapEff $2" "CapInh 0000000000000000" "CapAmb 0000000000000000"; do
        _expect "${pair% *}" "$(_field out "${pair% *}")" "${pair#* }"
    done
}

uid_0_has_the_capabilities_of_the_bounding_set() {
    _as_root_and_not && return
    _trace --sandbox --uid 0 --gid 0 --cap-bounding $_docker -- cat /proc/self/status
    _expect_capabilities 00000000$_docker 00000000$_docker
    _expect "Uid" "$(_field out Uid)" "0	0	0	0"
}

another_uid_has_the_bounding_set_alone() {
    _as_root_and_not && return
    _trace --sandbox --uid 1000 --gid 1000 --cap-bounding $_docker -- cat /proc/self/status
    _expect_capabilities 00000000$_docker 0000000000000000
    _expect "Uid" "$(_field out Uid)" "1000	1000	1000	1000"
    _expect "Gid" "$(_field out Gid)" "1000	1000	1000	1000"
}

a_plain_user_keeps_its_own_id() {
    _as_not_root
    _trace --sandbox --cap-bounding $_docker -- cat /proc/self/status
    _expect_capabilities 00000000$_docker 0000000000000000
    _expect "Uid" "$(_field out Uid | cut -f 1)" "$($as id -u)"
    _expect_journal '"userNamespace":true'
}

without_mapped_ranges_a_note_says_so() {
    _as_not_root
    ! $as "$PWD/profgen-tracer" probe | grep -q '"feature":"subid-ranges","works":true,"reason":""' || skip "the user has ranges"
    _trace --sandbox --uid 33 --gid 33 --groups 4 -- id -u
    _expect "user id" "$(cat out)" 33
    _expect_journal '"kind":"no-subid-range","detail":"the user namespace has the caller'
    _expect_journal '"kind":"no-subid-range","detail":"the supplementary groups asked for'
}

with_mapped_ranges_a_process_can_change_to_other_ids() {
    _only_root
    _skip_without_sandbox
    for tool in newuidmap newgidmap unshare setpriv; do
        command -v $tool > /dev/null || skip "$tool is not installed"
    done
    [ -e /etc/subuid ] && [ -e /etc/subgid ] || skip "/etc/subuid or /etc/subgid is not there to be mounted over"
    echo nobody:200000:65536 > ranges
    echo "mount --bind $PWD/ranges /etc/subuid && mount --bind $PWD/ranges /etc/subgid && exec $_nobody \"\$@\"" > with-ranges
    as="unshare -m sh $PWD/with-ranges"
    _trace --sandbox --uid 0 --gid 0 --cap-bounding $_docker -- \
        setpriv --reuid 33 --regid 34 --groups 4,5 cat /proc/self/status
    _expect Uid "$(_field out Uid)" "33	33	33	33"
    _expect Gid "$(_field out Gid)" "34	34	34	34"
    _expect Groups "$(_field out Groups)" "4 5 "
    _expect_no_journal no-subid-range
    _trace --sandbox --uid 33 --gid 34 --groups 4,5 -- cat /proc/self/uid_map /proc/self/status
    _expect map "$(sed -n 's/^ *//; 1,3s/  */ /gp' out)" "33 65534 1
0 200000 33
34 200033 65503"
    _expect Groups "$(_field out Groups)" "4 5 "
}

root_gives_user_group_and_groups() {
    _only_root
    _skip_without_sandbox
    _trace --sandbox --uid 33 --gid 34 --groups 4,24 -- cat /proc/self/status
    _expect "Uid" "$(_field out Uid)" "33	33	33	33"
    _expect "Gid" "$(_field out Gid)" "34	34	34	34"
    _expect "Groups" "$(_field out Groups)" "4 24 "
    _expect_journal '"userNamespace":false'
}

a_capability_that_the_caller_lacks_is_noted() {
    _only_root
    _skip_without_sandbox
    as="setpriv --bounding-set -sys_resource"
    _trace --sandbox --cap-bounding 1000001 -- cat /proc/self/status
    _expect "CapBnd" "$(_field out CapBnd)" 0000000000000001
    _expect_journal '"kind":"capability-unavailable","detail":"CAP_SYS_RESOURCE'
}

no_new_privileges_is_set_when_asked() {
    _as_root_and_not && return
    _trace --sandbox --no-new-privileges -- cat /proc/self/status
    _expect "NoNewPrivs" "$(_field out NoNewPrivs)" 1
    _trace --sandbox -- cat /proc/self/status
    _expect "NoNewPrivs" "$(_field out NoNewPrivs)" "$(_field /proc/self/status NoNewPrivs)"
}

a_refused_range_is_noted_with_the_tool_s_own_words() {
    _only_root
    _skip_without_sandbox
    for tool in newuidmap newgidmap unshare setpriv; do
        command -v $tool > /dev/null || skip "$tool is not installed"
    done
    [ -e /etc/subuid ] && [ -e /etc/subgid ] || skip "/etc/subuid or /etc/subgid is not there to be mounted over"
    echo nobody:200000:65536 > ranges
    # The login group of this user is another one than the caller's: the tools refuse.
    echo "mount --bind $PWD/ranges /etc/subuid && mount --bind $PWD/ranges /etc/subgid &&
        exec setpriv --reuid 65534 --regid 12345 --clear-groups \"\$@\"" > with-ranges
    as="unshare -m sh $PWD/with-ranges"
    _trace --sandbox -- id -u
    _expect "user id" "$(cat out)" 65534
    _expect_journal '(newuidmap failed: newuidmap: '
}
