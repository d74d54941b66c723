package profgen.filter;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import profgen.profile.ArgumentTest;
import profgen.syscall.Errno;

/**
 * The process that runs libseccomp: it can take for ever, or all memory, on strange rules. Requests come on stdin, answers go to
 * stdout, until stdin ends.
 */
final class LibseccompChild {
    private static final int COMPARISON_BYTES = 24;

    private final LibseccompCalls library;
    private final LibcCalls libc;
    private final int limitSeconds;

    private LibseccompChild(LibseccompCalls library, LibcCalls libc, int limitSeconds) {
        this.library = library;
        this.libc = libc;
        this.limitSeconds = limitSeconds;
    }

    /** Arguments: the library's path or name, seconds for one filter, bytes of memory. */
    public static void main(String[] args) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        LibseccompCalls library;
        try {
            library = Native.load(args[0], LibseccompCalls.class);
        } catch (UnsatisfiedLinkError e) {
            out.writeUTF(String.valueOf(e.getMessage()).lines().findFirst().orElse("no message"));
            out.flush();
            return;
        }
        LibcCalls libc = Native.load("c", LibcCalls.class);
        limitMemory(libc, Long.parseLong(args[2]));
        out.writeUTF("");
        int[] version = library.seccomp_version().getIntArray(0, 3);
        for (int part : version) {
            out.writeInt(part);
        }
        out.flush();
        library.seccomp_api_set(LibseccompCalls.API_LEVEL);
        new LibseccompChild(library, libc, Integer.parseInt(args[1])).serve(out);
    }

    private static void limitMemory(LibcCalls libc, long bytes) {
        try (Memory limit = new Memory(16)) {
            limit.setLong(0, bytes);
            limit.setLong(8, bytes);
            libc.setrlimit(LibcCalls.RLIMIT_DATA, limit);
        }
    }

    private void serve(DataOutputStream out) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        while (true) {
            CompileRequest request;
            try {
                request = CompileRequest.read(in);
            } catch (EOFException end) {
                return;
            }
            libc.alarm(limitSeconds);
            answer(request, out);
            libc.alarm(0);
        }
    }

    private void answer(CompileRequest request, DataOutputStream out) throws IOException {
        Pointer context = library.seccomp_init(request.defaultAction());
        if (context == null) {
            Compiled.writeRefusal(out, "seccomp_init: the default action is refused");
            return;
        }
        try {
            List<String> unknown = new ArrayList<>();
            fill(context, request, unknown);
            Compiled.write(out, export(context), unknown);
        } catch (Refusal refusal) {
            Compiled.writeRefusal(out, refusal.getMessage());
        } finally {
            library.seccomp_release(context);
        }
    }

    private void fill(Pointer context, CompileRequest request, List<String> unknown) {
        int own = library.seccomp_arch_native();
        for (int arch : request.arches()) {
            if (arch != own) {
                check(library.seccomp_arch_add(context, arch), "architecture 0x" + Integer.toHexString(arch));
            }
        }
        if (!request.arches().contains(own)) {
            check(library.seccomp_arch_remove(context, own), "native architecture");
        }
        if (request.optimize()) {
            library.seccomp_attr_set(context, LibseccompCalls.ATTRIBUTE_OPTIMIZE, 2);
        }
        for (CompileRequest.Line line : request.lines()) {
            add(context, line, unknown);
        }
    }

    private void add(Pointer context, CompileRequest.Line line, List<String> unknown) {
        int number = library.seccomp_syscall_resolve_name(line.name());
        if (number == LibseccompCalls.UNKNOWN_NAME) {
            unknown.add(line.name());
            return;
        }
        int count = line.tests().size();
        try (Memory comparisons = new Memory((long) COMPARISON_BYTES * Math.max(1, count))) {
            for (int i = 0; i < count; i++) {
                ArgumentTest test = line.tests().get(i);
                long at = (long) i * COMPARISON_BYTES;
                comparisons.setInt(at, test.index());
                comparisons.setInt(at + 4, comparison(test.operator()));
                comparisons.setLong(at + 8, test.value());
                comparisons.setLong(at + 16, test.valueTwo());
            }
            int result = library.seccomp_rule_add_array(context, line.action(), number, count, comparisons);
            check(result, "rule for " + line.name());
        }
    }

    /** enum scmp_compare. */
    private static int comparison(ArgumentTest.Operator operator) {
        return switch (operator) {
            case NE -> 1;
            case LT -> 2;
            case LE -> 3;
            case EQ -> 4;
            case GE -> 5;
            case GT -> 6;
            case MASKED_EQ -> 7;
        };
    }

    private byte[] export(Pointer context) throws IOException {
        int descriptor = libc.memfd_create("program", LibcCalls.MFD_CLOEXEC);
        try {
            check(library.seccomp_export_bpf(context, descriptor), "seccomp_export_bpf");
            try (FileInputStream file = new FileInputStream("/proc/self/fd/" + descriptor)) {
                return file.readAllBytes();
            }
        } finally {
            libc.close(descriptor);
        }
    }

    private static void check(int result, String what) {
        if (result < 0) {
            throw new Refusal("libseccomp: " + what + ": " + Errno.name(-result));
        }
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
