package profgen.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Regions;
import profgen.filter.Resolver;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** How long Docker's default takes to be resolved and asked about every call. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FilterBenchmark {
    private final Profile profile = Baseline.dockerDefault();
    private final Host host = Host.docker(Arch.X86_64);

    @Benchmark
    public int resolveAndDecideEveryCall() {
        Filter filter = Resolver.resolve(profile, host);
        int allowed = 0;
        for (int number : SyscallTable.of(Abi.X86_64).names().keySet()) {
            allowed += filter.outcome(Abi.X86_64, number).allows() ? 1 : 0;
        }
        return allowed;
    }

    @Benchmark
    public int resolveAndDecideEveryCallWithReasons() {
        Filter filter = Resolver.resolve(profile, host);
        int passed = 0;
        for (int number : SyscallTable.of(Abi.X86_64).names().keySet()) {
            passed += filter.decide(Abi.X86_64, number).passed().size();
        }
        return passed;
    }

    @Benchmark
    public int resolveAndTakeTheRegionsOfEveryCall() {
        Filter filter = Resolver.resolve(profile, host);
        Regions regions = new Regions();
        int parts = 0;
        for (int number : SyscallTable.of(Abi.X86_64).names().keySet()) {
            parts += filter.regions(Abi.X86_64, number, regions).size();
        }
        return parts;
    }
}
