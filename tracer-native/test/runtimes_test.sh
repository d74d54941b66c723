# Language runtimes that use signals for their own ends: what they do is what they do without a tracer.

a_jvm_that_checks_for_null_by_its_faults_does_so() {
    command -v javac > /dev/null || skip "needs javac"
    cat > Faults.java << 'J'
public class Faults {
    static int depth;

    static void deeper() {
        depth++;
        deeper();
    }

    public static void main(String[] words) throws Exception {
        int nulls = 0, zeros = 0, overflows = 0;
        for (int i = 0; i < 30000; i++) {
            int[] some = i % 3 == 0 ? null : words.length == 0 ? new int[i % 5] : null;
            try {
                zeros += 7 / some.length - 7 / some.length;
            } catch (NullPointerException e) {
                nulls++;
            } catch (ArithmeticException e) {
                zeros++;
            }
        }
        for (int i = 0; i < 3; i++) {
            try {
                deeper();
            } catch (StackOverflowError e) {
                overflows++;
            }
        }
        Thread[] threads = new Thread[8];
        long[] sums = new long[threads.length];
        for (int i = 0; i < threads.length; i++) {
            int own = i;
            threads[i] = new Thread(() -> {
                for (int j = 0; j < 20000; j++) sums[own] += new byte[j % 100].length;
            });
            threads[i].start();
        }
        System.gc();
        for (Thread thread : threads) thread.join();
        int child = new ProcessBuilder("sh", "-c", "exit 3").start().waitFor();
        System.out.println(nulls + " " + zeros + " " + overflows + " " + sums[0] + " " + sums[7] + " " + child);
    }
}
J
    javac Faults.java
    _as_untraced java -XX:+UseSerialGC -cp . Faults
}

a_python_with_timers_threads_and_children_does_so() {
    command -v /usr/bin/python3 > /dev/null || skip "needs python3"
    cat > runtime.py << 'P'
import os, signal, subprocess, sys, threading
ticks = []
signal.signal(signal.SIGALRM, lambda number, frame: ticks.append(number))
signal.setitimer(signal.ITIMER_REAL, 0.001, float(sys.argv[1]))
while len(ticks) < 20:
    signal.pause()
signal.setitimer(signal.ITIMER_REAL, 0)
got = []
signal.signal(signal.SIGUSR1, lambda number, frame: got.append(number))
threads = [threading.Thread(target=os.kill, args=(os.getpid(), signal.SIGUSR1)) for _ in range(1)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
child = subprocess.run(['sh', '-c', 'kill -SEGV $$'])
print(len(got), child.returncode, signal.sigtimedwait([signal.SIGUSR2], 0))
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGTERM)
P
    local interval=0.001
    # Emulated, a notification takes longer than that, and a signal that comes before it is taken interrupts the call: setitimer, too.
    [[ -z ${STRESS-} || ${BACKEND-} != *notify* ]] || interval=0.1
    _as_untraced /usr/bin/python3 runtime.py $interval
}

# Its engine compiles in threads of its own, its timers and children end by signals.
a_node_with_workers_signals_and_children_does_so() {
    command -v node > /dev/null || skip "needs node"
    cat > runtime.js << 'J'
const { Worker, isMainThread, parentPort } = require('worker_threads');
const { spawnSync } = require('child_process');
function work() {
    let sum = 0;
    for (let i = 0; i < 3000000; i++) sum = (sum * 31 + i) % 1000003;
    return sum;
}
if (!isMainThread) {
    parentPort.postMessage(work());
} else {
    let got = 0;
    process.on('SIGUSR2', () => got++);
    process.kill(process.pid, 'SIGUSR2');
    const sums = [];
    const workers = [1, 2, 3].map(() => new Worker(__filename));
    for (const worker of workers) worker.on('message', sum => sums.push(sum));
    Promise.all(workers.map(worker => new Promise(done => worker.on('exit', done)))).then(() => {
        const child = spawnSync('sh', ['-c', 'kill -SEGV $$']);
        console.log(sums.join(' '), sums.every(sum => sum === work()), got, child.signal);
        process.kill(process.pid, 'SIGTERM');
        setInterval(() => 0, 1000);
    });
}
J
    _as_untraced node runtime.js
}

# Go's runtime takes the processor from its own threads by SIGURG, thousands of times a second.
a_go_program_that_preempts_its_threads_does_so() {
    command -v fzf > /dev/null || skip "needs fzf"
    seq 1 $((${STRESS-2000} * 100)) > numbers
    _as_untraced sh -c 'GOMAXPROCS=4 fzf -f "9 7 5" < numbers | sort | cksum'
}

# Rust's runtime has a signal stack and a handler for the guard page of each thread, and is told of a closed pipe.
a_rust_program_with_threads_and_a_closed_pipe_does_so() {
    command -v rg > /dev/null || skip "needs rg"
    mkdir files
    for i in $(seq 1 40); do seq $i $((i + 5000)) > files/$i; done
    _as_untraced sh -c 'rg --threads 4 --sort path --count 99 files; rg --threads 4 9 files | head -n 1 | wc -l; exit 4'
}

# _as_untraced COMMAND...: the same output and end, and nothing lost.
_as_untraced() {
    local want=0
    "$@" > want 2> /dev/null || want=$?
    record j -- "$@"
    eq status 0 "$status"
    eq output "$(cat want)" "$(cat out)"
    local end='"exited":'$want
    [ $want -lt 128 ] || end='"signaled":'$((want - 128))
    eq end "$end" "$(end_of j | cut -d, -f1)"
    eq lost '"lost":0' "$(end_of j | sed 's/.*,//')"
}
