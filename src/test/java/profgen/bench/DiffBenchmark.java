package profgen.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import profgen.diff.Asked;
import profgen.diff.Comparer;
import profgen.diff.HostChoice;
import profgen.diff.Side;
import profgen.filter.Host;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Arch;

/** How long Docker's default takes to be compared on all the hosts that {@code profgen diff} looks at: with one more call allowed, and with itself. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DiffBenchmark {
    private final Profile docker = Baseline.dockerDefault();
    private final Profile wider = withOneCallMore(docker);

    private static Profile withOneCallMore(Profile profile) {
        List<Rule> rules = new ArrayList<>(profile.syscalls());
        rules.add(Rule.allow(List.of("userfaultfd"), ""));
        return new Profile(
                profile.defaultAction(),
                profile.defaultErrnoRet(),
                profile.archMap(),
                profile.architectures(),
                profile.flags(),
                profile.listenerPath(),
                profile.listenerMetadata(),
                rules);
    }

    @Benchmark
    public int oneChange() {
        return changes(docker, wider);
    }

    @Benchmark
    public int noChange() {
        return changes(docker, docker);
    }

    /** As the command does, reading and printing excluded. */
    private static int changes(Profile before, Profile after) {
        Side a = new Side.OfProfile("a", before);
        Side b = new Side.OfProfile("b", after);
        List<Host> hosts = Stream.of(Arch.values()).map(Host::docker).toList();
        List<Asked> asked = HostChoice.withConditions(hosts, a, b, EnumSet.allOf(HostChoice.Varied.class));
        return Comparer.compare(a, b, asked).changes().size();
    }
}
