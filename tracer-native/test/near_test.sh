# A tracee goes on where the tracer runs; nobody of the workload sees how that is done.

every_task_has_the_processors_that_it_has_untraced() {
    mask=$(sed -n 's/^Cpus_allowed:\t//p' /proc/self/status)
    "$(workload bound)" "$mask" 3 || fail "not even untraced"
    for options in '--tracer ptrace' '--near always --tracer ptrace' '--near always --tracer late' \
        '--near always --tracer late --late-after 3' '--near always --tracer late --late-after 3000'; do
        for _ in 1 2 3; do
            rm -f j
            record j $options -- "$(workload bound)" "$mask" $((${STRESS-2000} * 3 / 100))
            eq "end with $options" '"exited":0 "lost":0' "$(end_of j | sed 's/,.*,/ /')"
        done
    done
}

the_tracer_has_its_processors_whenever_somebody_may_look() {
    mask=$(sed -n 's/^Cpus_allowed:\t//p' /proc/self/status)
    cat > look << 'SHELL'
for i in {1..60}; do
    [ -e nothing ] || umask > /dev/null
    read -r -d '' status < /proc/$PPID/status
    mask=${status#*Cpus_allowed:?}
    echo "${mask%%[!0-9a-f,]*}"
done > looks
SHELL
    for backend in ptrace late; do
        rm -f j
        record j --near always --tracer $backend -- bash look
        eq "masks by $backend" "60 $mask" "$(sort looks | uniq -c | sed 's/^ *//')"
    done
}
