# For the tests: recording, and reading what was recorded. Every wait is bounded.

# record JOURNAL [OPTION...] -- COMMAND...: runs the tracer, with the options in BACKEND as well; its exit status is in $status, the workload's output in ./out.
record() {
    local journal=$1
    shift
    status=0
    timeout -s KILL $((${LIMIT:-120} / 2)) "$TRACER" record ${BACKEND-} --journal "$journal" "$@" > out 2> err || status=$?
    ! grep -q 'Sanitizer\|runtime error' err || fail "a sanitizer's report"
    # Where the kernel is preempted beside others' bpf(2): it is told, and what is compared would be less than there was.
    ! grep -qs '"kind":"lost-events","detail":"the kernel left out' "$journal" || skip "this kernel left out runs of programs"
}

fail() {
    echo "$*"
    for stream in out err; do [ -s "$stream" ] && sed "s/^/  $stream: /" "$stream"; done
    exit 1
}

skip() {
    echo "$*"
    exit 77
}

# eq WHAT EXPECTED ACTUAL
eq() {
    [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

workload() {
    printf '%s/%s' "$WORKLOADS" "$1"
}

# counts JOURNAL: "PROGRAM ABI NAME COUNT {ERRNO:COUNT,...}" per line, sorted; numbers without a name stay numbers. A count
# that is a lower bound has a + behind it; results that the back end does not see are {?}.
counts() {
    awk -v tables="$TABLES" '
    function text(key) { return match($0, "\"" key "\":\"[^\"]*\"") ? substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 5) : "" }
    function number(key) { return match($0, "\"" key "\":-?[0-9]+") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) : "" }
    function load(abi, line, part, file) {
        if (abi in loaded) return
        loaded[abi] = 1
        file = tables "/" abi ".tsv"
        while ((getline line < file) > 0) { split(line, part, "\t"); names[abi, part[1]] = part[2] }
    }
    /^[{]"t":"exe"/ { path = text("path"); sub(/.*\//, "", path); program[number("id")] = path }
    /^[{]"t":"count"/ {
        abi = text("abi"); nr = number("nr"); load(abi)
        # Numbers from 0x40000000 on in the x32 table carry the bit that the journal leaves out.
        name = (abi, nr) in names ? names[abi, nr] : nr
        if (!match($0, /"errnos":[{][^}]*[}]/)) { print program[number("exe")], abi, name, number("calls") (/"atLeast":true/ ? "+" : ""), "{?}"; next }
        errnos = substr($0, RSTART + 9, RLENGTH - 9); gsub(/"/, "", errnos)
        n = split(substr(errnos, 2, length(errnos) - 2), pair, ",")
        for (i = 2; i <= n; i++) for (j = i; j > 1 && pair[j] + 0 < pair[j - 1] + 0; j--) { t = pair[j]; pair[j] = pair[j - 1]; pair[j - 1] = t }
        errnos = ""; for (i = 1; i <= n; i++) errnos = errnos (i > 1 ? "," : "") pair[i]
        print program[number("exe")], abi, name, number("calls") (/"atLeast":true/ ? "+" : ""), "{" errnos "}"
    }' "$1" | sort
}

# as_expected JOURNAL PROGRAM: each line that the workload printed is in the recording; an errno part of * matches any, and
# a lower bound anything that is not below it.
as_expected() {
    local wrong
    counts "$1" | sed -n "s/^$2 //p" > recorded
    grep -E '^[a-z0-9_]+ [-a-z0-9_]+ [0-9]+ ([{].*[}]|[*])$' out > expected || fail "the workload printed nothing that it expects"
    wrong=$(awk '
    FILENAME == "recorded" {
        whole[$0]; counted[$1, $2, $3]; of_name[$2] = of_name[$2] "\n" $0
        if ($3 ~ /[+]$/) { bounded[$1, $2]; if ($3 + 0 > bound[$1, $2]) bound[$1, $2] = $3 + 0 }
        if ($4 == "{?}") unseen = 1
        next
    }
    ($1, $2) in bounded ? bound[$1, $2] <= $3 : $4 == "*" || unseen ? ($1, $2, $3) in counted : $0 in whole { next }
    { print "expected \047" $0 "\047, recorded:" of_name[$2] }' recorded expected)
    [ -z "$wrong" ] || fail "$wrong"
}

# lines JOURNAL TYPE: the lines of that type
lines() {
    grep "^{\"t\":\"$2\"" "$1"
}

# await PATTERN FILE: until the file has such a line, at most 20 s.
await() {
    for _ in $(seq 2000); do
        grep -q "$1" "$2" 2> /dev/null && return
        sleep 0.01
    done
    fail "no '$1' in $2"
}

# await_end PID: until the process is no more, at most 20 s.
await_end() {
    for _ in $(seq 2000); do
        [ -d "/proc/$1" ] || return 0
        sleep 0.01
    done
    fail "process $1 is still there"
}

main_pid() {
    sed -n '/^{"t":"workload"/s/.*"pid":\([0-9]*\).*/\1/p' "$1"
}

end_of() {
    sed -n '/^{"t":"end"/{s/"ns":[0-9]*,//; s/^{"t":"end",//; s/}$//; p;}' "$1"
}

# number_of NAME: the call's number in this machine's own ABI
number_of() {
    awk -v name="$1" '$2 == name { print $1 }' "$TABLES/$(uname -m).tsv"
}

# phases_of JOURNAL NAME: the phases in which the call was seen, in the order of their coming
phases_of() {
    sed -n 's/^{"t":"call\(-phase\)\?",.*"abi":"'"$(uname -m)"'","nr":'"$(number_of "$2")"',.*"phase":"\([a-z]*\)"}$/\2/p' "$1" | xargs
}

# notes JOURNAL KIND: the details
notes() {
    sed -n 's/^{"t":"note","kind":"'"$2"'","detail":"\(.*\)"}$/\1/p' "$1"
}

# ask FILE: the greeting of the server that wrote its port into it
ask() {
    local greeting
    exec 9<> "/dev/tcp/127.0.0.1/$(cat "$1")"
    read -r -t 20 greeting <&9
    exec 9>&-
    eq greeting hello "$greeting"
}

# sets NAME OPTION...: what the workload of that name does, as ABI, number and arguments
sets() {
    local name=$1
    shift
    rm -f j
    record j "$@" -- "$(workload "$name")"
    { [ "$status" = 0 ] && lines j end | grep -q '"lost":0}'; } || fail "$name $*: status $status, $(lines j end)"
    sed -n 's/^{"t":"\(call\|args\|args-many\)","exe":[0-9]*,\("abi":"[^"]*","nr":[-0-9]*\)\(,"ns".*\)\?\(,"v":.*\)\?}$/\1 \2\4/p' j | sort
}

# in_32_bits: the workload of that kind, where the machine runs it
in_32_bits() {
    if "$(workload foreign_code)" > /dev/null 2>&1; then echo foreign_code; fi
}

# Behind the name in parentheses: state, parent, group.
_group_of() {
    sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f3
}

# nothing_stays_of_a_killed_group BACKEND: of a tracer by that back end, nor of a workload that has left its group.
nothing_stays_of_a_killed_group() {
    local tracer
    timeout -s KILL 60 "$TRACER" record --tracer "$1" --journal j -- \
        sh -c 'setsid sh -c "echo \$\$ > pid.new && mv pid.new pid && exec sleep 50" & wait' > out &
    until [ -s pid ]; do sleep 0.01; done
    tracer=$(lines j start | sed 's/.*"tracerPid":\([0-9]*\).*/\1/')
    [ "$(_group_of "$tracer")" != "$(_group_of $$)" ] || fail "the test itself would be killed"
    kill -KILL "-$(_group_of "$tracer")"
    await_end "$(cat pid)"
}
