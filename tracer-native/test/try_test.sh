# `profgen-tracer try`: one call, with as little around it as a filter can leave.
source ./container.sh

_nr() {
    awk -F '\t' -v name="$1" '$2 == name { print $1 }' "$TABLES/$(uname -m).tsv"
}

# _try STATUS OUTPUT NR [ARGUMENT...]
_try() {
    local expected=$1 output=$2 actual=0
    shift 2
    timeout -s KILL 20 "$TRACER" try "$@" > out 2> err || actual=$?
    eq "status of $*" "$expected" "$actual"
    eq "output of $*" "$output" "$(cat out)"
}

the_result_is_printed_and_is_the_status() {
    _try 34 'errno 14' "$(_nr chroot)" 0
    _try 58 'errno 38' 1000
    _try 29 'errno 9' "$(_nr close)" 18446744073709551615
    _try 0 'returned 0' "$(_nr sched_yield)"
}

all_six_arguments_arrive() {
    # An anonymous mapping with a descriptor and an offset that do not matter, and one with a length that does.
    _try 42 'errno 22' "$(_nr mmap)" 0 0 0 34 18446744073709551615 0
    _try 29 'errno 9' "$(_nr mmap)" 0 4096 1 2 1000 0
    _try 42 'errno 22' "$(_nr mmap)" 0 4096 1 34 18446744073709551615 1
}

what_is_no_number_is_not_tried() {
    for words in '' x '12 0x1' '1 2 3 4 5 6 7 8' '1 -1'; do
        status=0
        # shellcheck disable=SC2086
        "$TRACER" try $words > out 2> err || status=$?
        eq "$words" 125 "$status"
        grep -q '^usage' err || fail "$words: no usage"
    done
}

a_filter_that_leaves_nothing_but_the_end_cannot_hide_the_result() {
    _prepare_folder
    _skip_without_sandbox
    # A dynamic program's loader comes before anything of the program's own: the tracer with a sanitizer is one.
    ! ldd "$TRACER" 2> /dev/null | grep -q libasan || return 0
    "$PWD/program" only open/filter "$(_nr execve):7fff0000" "$(_nr exit_group):7fff0000"
    _trace --sandbox --filter "$PWD/open/filter" -- "$PWD/profgen-tracer" try "$(_nr getppid)"
    _expect_journal '"exited":21'
    _expect output "$(cat out)" ''
    eq 'the refused calls are the one tried and the write' "$(_nr getppid) $(_nr write)" \
        "$(sed -n '/"t":"denied",/s/.*"nr":\([0-9]*\),.*/\1/p' journal | paste -sd' ')"
}
