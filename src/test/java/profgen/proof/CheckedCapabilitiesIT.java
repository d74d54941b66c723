package profgen.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.Requires;
import profgen.profile.CheckedCapability;
import profgen.recording.CapabilityUse;
import profgen.syscall.Arch;
import profgen.syscall.ResourceTable;
import profgen.syscall.SyscallTable;

/** {@code checked-capabilities.tsv} says what the kernel says. */
class CheckedCapabilitiesIT {
    private static final Arch HERE = Arch.byName(System.getProperty("os.arch")).orElseThrow();
    private static final String EPERM = "1";
    private static final String ENOSYS = "38";

    @Test
    void each_capability_of_the_table_is_what_this_kernel_asks_for_in_that_call(@TempDir Path folder)
            throws IOException {
        Requires.root();
        Recorder recorder = new Recorder(folder);
        recorder.requires("ebpf");
        Map<String, String> answers = recorder.record(
                        0,
                        List.of("--tracer", "ebpf", "--engine", "host"),
                        Workloads.compiled("unprivileged").toString())
                .out()
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        List<CapabilityUse> uses = recorder.run().capabilityUses();
        Requires.orSkip(uses != null, "a kernel that tells of capabilities");

        Map<String, String> table = new TreeMap<>();
        Map<String, String> kernel = new TreeMap<>();
        answers.forEach((name, errno) -> {
            CheckedCapability row = CheckedCapability.of(name).orElseThrow();
            assertThat(errno).as(name).isIn(EPERM, ENOSYS);
            if (errno.equals(EPERM)) {
                table.put(name, row.capability().toString());
                kernel.put(name, refused(Objects.requireNonNull(uses), row));
            }
        });
        assertThat(kernel).isEqualTo(table);
        assertThat(answers.keySet()).containsExactlyInAnyOrderElementsOf(rows());
    }

    private static List<String> rows() {
        return ResourceTable.rows("checked-capabilities.tsv", 3).stream()
                .map(row -> row.get(0))
                .filter(name -> SyscallTable.of(HERE.nativeAbi()).number(name).isPresent())
                .toList();
    }

    /** The row's capability if the kernel asked for it, else what it asked for. */
    private static String refused(List<CapabilityUse> uses, CheckedCapability row) {
        List<String> asked = uses.stream()
                .filter(use -> !use.granted()
                        && use.call().name().filter(row.name()::equals).isPresent())
                .map(use -> use.capability().toString())
                .toList();
        return asked.contains(row.capability().toString()) ? row.capability().toString() : asked.toString();
    }
}
