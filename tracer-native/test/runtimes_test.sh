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
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
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
    _as_untraced /usr/bin/python3 runtime.py
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
