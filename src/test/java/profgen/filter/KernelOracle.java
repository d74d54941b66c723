package profgen.filter;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import profgen.Requires;
import profgen.syscall.Abi;

/** The kernel of this machine, asked through src/test/c/kernel-oracle.c: what it does with calls under a filter, without making any. */
final class KernelOracle implements AutoCloseable {
    static final Path SOURCE = Path.of("src", "test", "c", "kernel-oracle.c");
    private static final Path BINARY = Path.of("target", "kernel-oracle");
    private static final int CALL_BYTES = 56;

    private final Process process;
    private final OutputStream requests;
    private final DataInputStream answers;

    private KernelOracle(Process process) {
        this.process = process;
        this.requests = new BufferedOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    static KernelOracle start() throws IOException, InterruptedException {
        Requires.that(System.getProperty("os.arch").equals("amd64"), "an x86_64 machine");
        Requires.command("gcc");
        Files.createDirectories(BINARY.getParent());
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-std=gnu17",
                        "-O2",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-o",
                        BINARY.toString(),
                        SOURCE.toString())
                .inheritIO()
                .start();
        if (gcc.waitFor() != 0) {
            throw new AssertionError(SOURCE + " does not compile");
        }
        Requires.orSkip(
                Requires.answers(BINARY.toString(), "ia32"), "a kernel with IA32 emulation, which takes calls of i386");
        return new KernelOracle(new ProcessBuilder(BINARY.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** In the order of the calls. A killing answer is KILL_THREAD; see {@link #asSeen}. */
    List<Outcome> outcomes(BpfProgram program, List<RandomCalls.Call> calls) {
        try {
            requests.write(request(program, calls));
            requests.flush();
            return answers(answers, calls.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the oracle reads. */
    static byte[] request(BpfProgram program, List<RandomCalls.Call> calls) {
        byte[] instructions = program.toBytes();
        ByteBuffer buffer = ByteBuffer.allocate(8 + instructions.length + calls.size() * CALL_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(program.instructions().size())
                .putInt(calls.size())
                .put(instructions);
        for (RandomCalls.Call call : calls) {
            buffer.putInt(call.abi() == Abi.I386 ? 1 : 0).putInt(SeccompData.register(call.abi(), call.number()));
            call.values().forEach(buffer::putLong);
        }
        return buffer.array();
    }

    /** What it says to as many calls. */
    static List<Outcome> answers(DataInputStream from, int calls) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            outcomes.add(Outcome.ofReturnValue(Integer.reverseBytes(from.readInt())));
        }
        return outcomes;
    }

    /** The kernel's two kinds of killing look alike for a process of one thread; without a listener, asking it is an error; the rest lets the call be made. */
    static Outcome asSeen(Outcome decided) {
        return switch (decided.action()) {
            case KILL_PROCESS -> Outcome.KILL_THREAD;
            case LOG, TRACE -> Outcome.ALLOW;
            case NOTIFY -> Outcome.errno(Outcome.ENOSYS);
            default -> decided;
        };
    }

    /** It ends when its input does; what it was asked has been answered. */
    @Override
    public void close() throws IOException {
        requests.close();
        process.destroyForcibly();
    }
}
