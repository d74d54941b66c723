package profgen.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import profgen.BadInputException;
import profgen.filter.Host;
import profgen.generate.ProfileSeal;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileWriter;
import profgen.syscall.SyscallTable;
import profgen.verify.Mended;
import profgen.verify.Mender;
import profgen.verify.Verification;
import profgen.verify.Verifier;

/** {@code --fix} and what goes with it. */
final class FixOptions {
    /** A program that was refused one thing comes to the next when it has that. */
    private static final int MOST_ROUNDS = 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--fix",
            description =
                    "Add what was refused, as far as Docker's default allows it, and verify again, until it works or"
                            + " nothing more is found. Written only if it works.")
    private boolean fix;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputTarget.Converter.class,
            description = "Where --fix writes; - is standard output. Default: PROFILE, if it is as profgen wrote it.")
    private @Nullable OutputTarget output;

    @Option(names = "--force", description = "With --fix: replace a PROFILE that was edited or is not of profgen.")
    private boolean force;

    @Option(
            names = "--allow-beyond",
            paramLabel = "NAME",
            split = ",",
            description = "With --fix: allow this call although Docker's default denies it or asks for a capability.")
    private List<String> beyond = new ArrayList<>();

    /** Before anything runs: whether the result could be written. */
    void check(String profile) {
        if (!fix) {
            if (output != null || force || !beyond.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "-o, --force and --allow-beyond mean nothing without --fix");
            }
            return;
        }
        for (String name : beyond) {
            if (!SyscallTable.isKnown(name)) {
                throw new BadInputException("--allow-beyond " + name + ": no such system call");
            }
        }
        target(profile).checkWritable();
    }

    private OutputTarget target(String profile) {
        if (output != null) {
            return output;
        }
        if (Baseline.named(profile).isPresent()) {
            throw new BadInputException(profile + ": is no file that could be mended", "-o FILE takes the result");
        }
        if (!force && !ProfileSeal.isIntact(read(profile))) {
            throw new BadInputException(
                    profile + ": is not as profgen wrote it", "-o FILE takes the result; --force replaces the profile");
        }
        return new OutputTarget(Path.of(profile));
    }

    private static String read(String profile) {
        try {
            return Files.readString(ProfileFiles.path(profile), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BadInputException(profile + ": cannot be read: " + OutputTarget.reason(e));
        }
    }

    /** Verifies, and with --fix mends and verifies again. */
    FixedProfile run(String name, Profile given, Verifier verifier, Host host, List<String> command) {
        Mender mender = new Mender(host, beyond, command);
        Verification first = verifier.verify(given);
        Verification last = first;
        Profile profile = given;
        List<Mended> rounds = new ArrayList<>();
        Mended mended = mender.mend(profile, last);
        while (fix && last.failure().isPresent() && !mended.added().isEmpty() && rounds.size() < MOST_ROUNDS) {
            rounds.add(mended);
            profile = mended.profile();
            last = verifier.verify(profile);
            mended = mender.mend(profile, last);
        }
        boolean write = !rounds.isEmpty() && last.passed();
        return new FixedProfile(
                profile, first, last, rounds, mended, write ? Optional.of(write(name, profile)) : Optional.empty());
    }

    private String write(String name, Profile profile) {
        OutputTarget target = target(name);
        PrintWriter out = spec.commandLine().getOut();
        target.write(ProfileSeal.seal(ProfileWriter.write(profile)), out);
        return target.name();
    }
}
