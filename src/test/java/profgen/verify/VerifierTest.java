package profgen.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import profgen.capability.CapabilitySet;
import profgen.filter.Host;
import profgen.profile.ProfileReader;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;
import profgen.tracer.Course;

/** With a place in which nothing runs. */
class VerifierTest {
    private static final Oracle ANY = new Oracle(new TreeSet<>(), null);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<Long> ZEROS = Collections.nCopies(6, 0L);

    /** Every attempt ends with the same status. */
    private record Nowhere(int status, boolean isContainer, List<Trial> trials) implements Place {
        @Override
        public Host host() {
            return Hosts.here(CapabilitySet.NONE);
        }

        @Override
        public String inWords() {
            return "nowhere";
        }

        @Override
        public Attempt run(Trial trial) {
            trials.add(trial);
            return new Attempt(Attempt.End.ENDED, status, "", "", List.of(), List.of());
        }

        @Override
        public Attempt explain(Trial trial) {
            return run(trial);
        }

        @Override
        public List<String> tracer() {
            return List.of("tracer");
        }

        @Override
        public boolean hasRuntime() {
            return false;
        }

        @Override
        public boolean noNewPrivileges() {
            return false;
        }
    }

    @TempDir
    private Path folder;

    private DenyProof proof(Nowhere place, String call) throws IOException {
        Path file = Files.writeString(
                folder.resolve("deny.json"),
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\"],"
                        + "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":1}]}");
        int number = SyscallTable.of(Abi.X86_64).number(call).orElseThrow();
        AskedDenial asked = new AskedDenial(call, call, Abi.X86_64, number, ZEROS);
        Task task = new Task(List.of(), 1, LIMIT, Course.PLAIN, ANY, List.of(asked), () -> false);
        return new Verifier(place, task, words -> {})
                .verify(ProfileReader.read(file))
                .proofs()
                .get(0);
    }

    @Test
    void outside_of_a_container_a_call_is_made_only_where_the_profile_denies_it() throws IOException {
        Nowhere host = new Nowhere(21, false, new ArrayList<>());
        assertThat(proof(host, "mkdir").denied()).isTrue();
        assertThat(host.trials())
                .extracting(Trial::profile)
                .doesNotContainNull()
                .hasSize(1);
        assertThat(proof(host, "kill").denied()).isFalse();
        assertThat(host.trials()).hasSize(1);
        Nowhere container = new Nowhere(21, true, new ArrayList<>());
        assertThat(proof(container, "mkdir").denied()).isTrue();
        assertThat(container.trials()).hasSize(2);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void an_end_that_the_user_wants_ends_what_runs() {
        BoundedProcess process = BoundedProcess.start(List.of("sleep", "1000"), Optional.empty());
        Trial trial = Trial.of(List.of(), null, LIMIT, () -> true);
        assertThatThrownBy(() -> process.await(trial, Optional.empty(), process.process()::destroyForcibly))
                .isInstanceOf(CancellationException.class);
        process.process().onExit().join();
    }
}
