package profgen.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import profgen.BadInputException;
import profgen.capability.Capability;
import profgen.capability.ProcessCapabilities;
import profgen.recording.RawText;
import profgen.syscall.Abi;

/**
 * What /proc says of a process, or of the one thread that was asked for.
 *
 * @param id as asked for
 * @param process the process that it belongs to
 * @param name of the thread, at most 15 bytes
 * @param command of the process; empty for a thread of the kernel
 * @param mode of seccomp: 0 none, 1 strict, 2 filter
 * @param filters how many; 0 on kernels before 5.9, which do not count them
 * @param abi of the executable; empty if that cannot be told
 * @param started in ticks after the machine's start: two processes with one id differ in it
 */
public record LiveProcess(
        int id,
        int process,
        String name,
        List<String> command,
        int mode,
        int filters,
        boolean noNewPrivileges,
        ProcessCapabilities capabilities,
        Optional<Abi> abi,
        String started) {
    private static final Path PROC = Path.of("/proc");
    private static final int ELF_HEADER = 20;

    public LiveProcess {
        command = List.copyOf(command);
    }

    /** @throws BadInputException if there is none */
    public static LiveProcess read(int id) {
        Path folder = PROC.resolve(Integer.toString(id));
        ProcFile status = ProcFile.read(folder.resolve("status")).orElseThrow(() -> gone(id));
        return new LiveProcess(
                id,
                status.number("Tgid"),
                printable(status.text("Name")),
                command(folder),
                status.number("Seccomp"),
                status.number("Seccomp_filters"),
                status.number("NoNewPrivs") != 0,
                capabilities(status),
                abi(folder),
                started(id));
    }

    static BadInputException gone(int id) {
        return new BadInputException(id + ": there is no such process");
    }

    private static String printable(String latin) {
        return RawText.printable(RawText.decode(latin.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static ProcessCapabilities capabilities(ProcFile status) {
        return new ProcessCapabilities(
                knownCapabilities(),
                status.mask("CapInh"),
                status.mask("CapPrm"),
                status.mask("CapEff"),
                status.mask("CapBnd"),
                status.mask("CapAmb"));
    }

    /** The kernel's own count. Its file gives all that it has to the first read, so that must be of more than a byte. */
    public static int knownCapabilities() {
        try (var in = Files.newInputStream(PROC.resolve("sys/kernel/cap_last_cap"))) {
            return Integer.parseInt(new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip()) + 1;
        } catch (IOException | NumberFormatException e) {
            return Capability.values().length;
        }
    }

    private static List<String> command(Path folder) {
        String text = new String(bytes(folder.resolve("cmdline")), StandardCharsets.ISO_8859_1);
        String words = text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
        return words.isEmpty()
                ? List.of()
                : Arrays.stream(words.split("\0", -1))
                        .map(LiveProcess::printable)
                        .toList();
    }

    private static Optional<Abi> abi(Path folder) {
        try (var in = Files.newInputStream(folder.resolve("exe"))) {
            return abi(in.readNBytes(ELF_HEADER));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** By the class and the machine in an ELF header; all of ours are little-endian. */
    static Optional<Abi> abi(byte[] header) {
        if (header.length < ELF_HEADER) {
            return Optional.empty();
        }
        boolean wide = header[4] == 2;
        int machine = Byte.toUnsignedInt(header[18]) | Byte.toUnsignedInt(header[19]) << 8;
        return switch (machine) {
            case 3 -> Optional.of(Abi.I386);
            case 62 -> Optional.of(wide ? Abi.X86_64 : Abi.X32);
            case 258 -> Optional.of(Abi.LOONGARCH64);
            default -> Optional.empty();
        };
    }

    /** Field 22 of /proc/ID/stat, counted from behind the name, which may hold anything. */
    static String started(int id) {
        String stat = new String(bytes(PROC.resolve(id + "/stat")), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > 19 ? fields[19] : "";
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
