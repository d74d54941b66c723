package profgen.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import profgen.capability.Capability;
import profgen.profile.RuntimeFloor;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;
import profgen.syscall.WatchedArguments;

/** Recordings and policies of every shape, from a seed; values crowd around those that Docker's rules test. */
final class RandomRuns {
    static final long[] VALUES = {
        0,
        1,
        2,
        8,
        16,
        37,
        38,
        39,
        40,
        41,
        45,
        0x11,
        0x20000,
        0x20008,
        0x40000,
        0x10000000,
        0x20000011,
        0x7E020000,
        0xFFFFFFFFL,
        0x100000000L,
        0x1_0000_0008L,
        0x1_0000_0026L,
        0x1_0000_0028L,
        0x2_0000_0000L,
        Long.MIN_VALUE,
        0xFFFFFFFF_00000002L,
        -1
    };
    private static final List<String> CONDITIONAL = List.of(
            "clone",
            "clone3",
            "socket",
            "personality",
            "ptrace",
            "get_mempolicy",
            "bpf",
            "mount",
            "arch_prctl",
            "chroot",
            "keyctl",
            "syslog",
            "modify_ldt",
            "io_uring_setup",
            "perf_event_open");

    private final Random random;

    RandomRuns(long seed) {
        random = new Random(seed);
    }

    Recording recording() {
        List<Run> runs = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            runs.add(run(i));
        }
        return new Recording(runs);
    }

    private Run run(int id) {
        Arch arch = pick(Arch.values());
        Runs run = Runs.on(arch).id(id).user(random.nextInt(2) * 1000).exited(random.nextInt(2));
        if (random.nextBoolean()) {
            run.with(pick(Capability.values()));
        }
        SyscallTable table = SyscallTable.of(arch.nativeAbi());
        List<String> names = List.copyOf(table.names().values());
        for (int i = random.nextInt(40); i > 0; i--) {
            String name = random.nextInt(3) == 0
                    ? pick(CONDITIONAL.toArray(String[]::new))
                    : names.get(random.nextInt(names.size()));
            if (table.number(name).isPresent()) {
                call(run, name);
            }
        }
        return run.run();
    }

    private void call(Runs run, String name) {
        int width = WatchedArguments.of(name).size();
        switch (random.nextInt(width == 0 ? 2 : 6)) {
            case 0 -> run.call(name);
            case 1 -> run.refused(name);
            case 2 -> run.many(name, tuple(width));
            default -> run.values(name, tuple(width), tuple(width));
        }
    }

    private long[] tuple(int width) {
        return random.longs(width, 0, VALUES.length).map(i -> VALUES[(int) i]).toArray();
    }

    /** Nothing that asks for more than Docker's default allows. */
    Policy policy() {
        Policies policies = Policies.bare();
        policies.implicit = random.nextBoolean();
        policies.noNewPrivileges = random.nextBoolean();
        policies.defaultAction = random.nextBoolean() ? Policy.DefaultAction.ERRNO : Policy.DefaultAction.KILL;
        for (RuntimeFloor floor : RuntimeFloor.values()) {
            if (random.nextBoolean()) {
                policies.floors(floor);
            }
        }
        if (random.nextInt(3) == 0) {
            policies.kernel(4, random.nextInt(10));
        }
        if (random.nextInt(3) == 0) {
            policies.arches(pick(Arch.values()), pick(Arch.values()));
        }
        if (random.nextBoolean()) {
            policies.allow(pick(CONDITIONAL.toArray(String[]::new)), "")
                    .deny(pick(CONDITIONAL.toArray(String[]::new)), "");
        }
        return policies.policy();
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
