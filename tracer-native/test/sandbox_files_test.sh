# The file system of the built-in container.
source ./container.sh

a_read_only_root_leaves_proc_and_shared_memory_writable() {
    _as_root_and_not && return
    probe=$PWD/open/probe
    _trace --sandbox --read-only -- "$PWD/act" create "$probe" /dev/shm/profgen-test /dev/null
    _expect "files" "$(cat out)" "$probe: Read-only file system
/dev/shm/profgen-test: ok
/dev/null: ok"
    _trace --sandbox -- "$PWD/act" create "$probe"
    _expect "file without the option" "$(cat out)" "$probe: ok"
}

a_kernel_without_mount_setattr_makes_the_root_read_only_too() {
    _as_root_and_not && return
    first_as=$as
    as="$as $PWD/act without mount_setattr"
    _trace --sandbox --read-only -- "$PWD/act" create "$PWD/open/probe" /dev/shm/profgen-test
    _expect "files" "$(cat out)" "$PWD/open/probe: Read-only file system
/dev/shm/profgen-test: ok"
    as=$first_as
}

_make_rootfs() {
    rm -rf "$PWD/root"
    mkdir "$PWD/root" "$PWD/root/proc" "$PWD/root/dev" "$PWD/root/sys" "$PWD/root/bin"
    cp "$PWD/act" "$PWD/root/bin/"
}

a_root_file_system_gets_proc_dev_and_sys_and_keeps_nothing_of_it() {
    _as_root_and_not && return
    _make_rootfs
    before=$(cd "$PWD/root" && find . | sort)
    _trace --sandbox --rootfs "$PWD/root" -- /bin/act show /proc/self/mountinfo
    points=$(cut -d ' ' -f 5 out | grep -v '^/sys/' | sort | tr '\n' ' ')
    _expect "mounts" "$points" "/ /dev /dev/full /dev/mqueue /dev/null /dev/pts /dev/random /dev/shm /dev/tty /dev/urandom /dev/zero /proc /sys "
    _expect_no_journal mount-skipped
    _trace --sandbox --rootfs "$PWD/root" -- act create /dev/null /dev/zero /dev/shm/x /dev/ptmx /sys/x
    _expect "files" "$(cat out)" "/dev/null: ok
/dev/zero: ok
/dev/shm/x: ok
/dev/ptmx: ok
/sys/x: Read-only file system"
    _expect "what is in the folder" "$(cd "$PWD/root" && find . | sort)" "$before"
}

a_root_that_cannot_be_moved_away_is_mounted_over() {
    _as_root_and_not && return
    _make_rootfs
    as="$as $PWD/act without pivot_root"
    _trace --sandbox --rootfs "$PWD/root" -- /bin/act show /proc/self/mounts
    _expect "first mounts" "$(cut -d ' ' -f 2 out | head -n 3 | tr '\n' ' ')" "/ /dev /dev/null "
    _trace --sandbox --rootfs "$PWD/root" -- /bin/act show "$PWD/act"
    _expect "stderr" "$(cat err)" "$PWD/act: No such file or directory"
}

a_read_only_root_file_system_has_a_writable_dev() {
    _as_root_and_not && return
    _make_rootfs
    chmod 777 "$PWD/root"
    _trace --sandbox --read-only --rootfs "$PWD/root" -- /bin/act create /x /dev/shm/x
    _expect "files" "$(cat out)" "/x: Read-only file system
/dev/shm/x: ok"
    _trace --sandbox --rootfs "$PWD/root" -- /bin/act create /x
    _expect "file without the option" "$(cat out)" "/x: ok"
}

a_root_file_system_that_lacks_dev_is_refused() {
    _as_root_and_not && return
    _make_rootfs
    rmdir "$PWD/root/dev"
    _trace --sandbox --rootfs "$PWD/root" -- /bin/act limit
    _expect "exit status" $status 125
    _expect_journal "\"stage\":\"sandbox\",\"errno\":2,\"message\":\"root file system $PWD/root: its directory /dev"
    _trace --sandbox --rootfs "$PWD/none" -- /bin/act limit
    _expect "exit status" $status 125
    _expect_journal "\"message\":\"root file system $PWD/none: No such file"
}

the_working_directory_is_the_caller_s_or_the_one_named() {
    _as_root_and_not && return
    _trace --sandbox -- pwd
    _expect "directory" "$(cat out)" "$(pwd)"
    _trace --sandbox --workdir / -- pwd
    _expect "directory" "$(cat out)" /
    _trace --sandbox --workdir /no/such -- pwd
    _expect "exit status" $status 125
    _expect_journal '"stage":"sandbox","errno":2,"message":"working directory /no/such: No such file'
}

# The machine's, but for those that its container engines make and take away meanwhile.
_mounts() {
    grep -v ' /\(run\|var\)/' /proc/self/mountinfo
}

no_mount_shows_outside() {
    _as_root_and_not && return
    before=$(_mounts)
    _make_rootfs
    _trace --sandbox --read-only -- true
    _trace --sandbox --rootfs "$PWD/root" -- /bin/act limit
    _trace --sandbox --rootfs "$PWD/none" -- /bin/act limit
    _expect "mounts" "$(_mounts)" "$before"
}

a_mount_of_the_workload_does_not_show_outside() {
    _as_root_and_not && return
    before=$(_mounts)
    _trace --sandbox --uid 0 --gid 0 -- sh -c 'mount -t tmpfs none /tmp && grep -c " /tmp " /proc/self/mountinfo'
    _expect "mounts" "$(_mounts)" "$before"
    [ "$(cat out)" = 1 ] || skip "mount: $(cat err)"
}
