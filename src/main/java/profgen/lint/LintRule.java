package profgen.lint;

import java.util.Locale;

/** What is looked for. The ids are stable: pipelines name them. */
public enum LintRule {
    AND_BECOMES_OR(
            Level.ERROR,
            "Two tests of one argument in a rule: runtimes then make one rule of every test, so that any of them is enough",
            "write one rule for each alternative, and one test for each argument"),
    ARCH_MAP_AND_ARCHITECTURES(
            Level.ERROR, "archMap and architectures exclude each other: engines refuse the file", "keep archMap"),
    ARCH_SPELLING(
            Level.WARNING,
            "A condition names an architecture as no engine spells it: they compare text with Go's names",
            "write amd64, arm64, loongarch64 and loong64, s390x, ..."),
    CLONE3_ERRNO(
            Level.WARNING,
            "clone3 is denied with another answer than ENOSYS: libraries fall back to clone only after ENOSYS",
            "deny clone3 by name with errnoRet 38"),
    CLONE3_UNFILTERED(
            Level.WARNING,
            "clone is limited by its flags and clone3 is allowed: its flags are in memory, where no filter sees them",
            "deny clone3 with errnoRet 38, so that libraries fall back to clone"),
    COMMENT_IN_JSON(
            Level.WARNING, "A comment is not JSON: engines refuse the file", "take it out, or use the key comment"),
    DANGEROUS_CALL(
            Level.WARNING,
            "A call that weakens the isolation of a container is allowed without a condition",
            "take it out, test its arguments, or gate it by its capability"),
    DATUM_CUT(
            Level.ERROR,
            "In SCMP_CMP_MASKED_EQ value is the mask and valueTwo the datum: bits of the datum outside of the mask are cut off, so that the"
                    + " test passes values that it does not name",
            "exchange the two, or mend them"),
    DEFAULT_ERRNO_UNREAD(
            Level.NOTE,
            "Docker 20.10 reads no defaultErrnoRet: the default answers EPERM there. A warning if --engine names it",
            "deny by name, with errnoRet, what must answer otherwise there"),
    DEFAULT_ALLOWS(
            Level.WARNING,
            "Whatever the file does not name is allowed, calls of later kernels and other names of the same call included",
            "deny by default and list what is needed"),
    DUPLICATE_KEY(Level.WARNING, "A key twice in one object: the last one counts", "keep one of them"),
    EMPTY_FLAGS(
            Level.NOTE,
            "An explicit empty list of flags takes away SECCOMP_FILTER_FLAG_SPEC_ALLOW, which runtimes set otherwise",
            "leave flags out unless that is meant"),
    EMPTY_RULE(Level.NOTE, "A rule without names does nothing", "take it out"),
    ERRNO_NAME_DIFFERS(
            Level.WARNING,
            "The name of an error and the number beside it are not the same: Podman and CRI-O take the name, and refuse one that they do not"
                    + " know; other engines take the number",
            "write the same twice, or the number only"),
    ERRNO_NAME_ONLY(
            Level.WARNING,
            "An error by its name only: other engines than Podman answer EPERM",
            "write its number beside it"),
    ERRNO_ZERO(
            Level.WARNING,
            "errnoRet 0 makes a call that is not made look like a success",
            "write the number of an error, e.g. 1 (EPERM)"),
    EXECVE_DENIED(Level.ERROR, "execve is denied: no runtime can start a command under the filter", "allow execve"),
    EXIT_DENIED(
            Level.ERROR,
            "A call without which no thread or signal handler ends is not allowed",
            "allow exit, exit_group and rt_sigreturn"),
    GATES_IGNORED(
            Level.NOTE,
            "containerd, runc and crun read the OCI fields only: includes, excludes and archMap do nothing there and every rule"
                    + " applies. A warning if --engine names one of them",
            "give them a file that is resolved for one host"),
    KEY_CASE(Level.NOTE, "A key in other upper and lower case than documented", "write it as documented"),
    LIBSECCOMP_DIFFERS(
            Level.WARNING,
            "Rules mix operators or actions for one call, and the installed libseccomp makes a program of them that does otherwise than they"
                    + " say, or none",
            "one action for a name, and EQ or MASKED_EQ only"),
    LOONG_ARCHITECTURES(
            Level.WARNING,
            "SCMP_ARCH_LOONGARCH64 in architectures is taken by libseccomp 2.6.0, runc 1.4.1 and later only, on hosts of every"
                    + " architecture",
            "use archMap, whose entries for other architectures are not read"),
    LOONG_SPELLING(
            Level.WARNING,
            "LoongArch in one spelling: Docker compares with loongarch64, Podman and CRI-O with loong64",
            "name both"),
    MIN_KERNEL_IGNORED(
            Level.NOTE,
            "Podman and CRI-O have no minKernel: the rule applies on every kernel. A warning if --engine names one of them",
            "resolve the file for the kernel it is to run on"),
    MULTIPLEXED(
            Level.NOTE,
            "i386 is opened and reaches this call also through socketcall or ipc, whose arguments a filter cannot test in"
                    + " the same way",
            "leave SCMP_ARCH_X86 out if no 32-bit program runs"),
    NAME_CONFLICT(
            Level.WARNING,
            "One name with two actions: only one of them is ever applied, the other is dropped without a word",
            "one action for a name"),
    NAME_TWICE(Level.NOTE, "A name twice with the same meaning", "keep one of them"),
    NEEDS_NO_NEW_PRIVILEGES(
            Level.NOTE,
            "A runtime makes these calls under the filter unless the container has no-new-privileges: its start fails without that",
            "start the container with no-new-privileges, or allow them"),
    NEVER_KEPT(
            Level.WARNING, "The conditions of a rule contradict each other: no host keeps it", "take one of them out"),
    NEVER_MATCHES(Level.ERROR, "A test that no value passes", "mend the value"),
    NO_DEFAULT_ACTION(Level.ERROR, "Rules without a defaultAction: engines refuse the file", "name the default action"),
    NOT_COMPARED(
            Level.NOTE,
            "Rules mix operators or actions for one call, which versions of libseccomp make otherwise than they say, or they may be more than the"
                    + " kernel takes in one filter; and that could not be looked at here",
            "install libseccomp, or write one action for a name, and EQ or MASKED_EQ only"),
    NOTIFY_DEFAULT(
            Level.ERROR, "SCMP_ACT_NOTIFY as the default action: runtimes refuse it", "name the calls to be asked for"),
    NOTIFY_WRITE(
            Level.ERROR,
            "SCMP_ACT_NOTIFY for write: runtimes refuse it, since they write the listener's descriptor themselves",
            "take write out of the rule"),
    PASSES_EVERYTHING(Level.WARNING, "A test that every value passes", "take it out, or mend the value"),
    PROBE_DENIED(
            Level.NOTE,
            "Denied calls that libraries try first and do without, after ENOSYS only",
            "deny them by name with errnoRet 38"),
    PROGRAM_TOO_LONG(
            Level.ERROR,
            "The kernel takes at most 4096 instructions in a filter, and the installed libseccomp makes more of these rules: no container starts",
            "test fewer values, or open fewer ABIs"),
    SAME_AS_DEFAULT(
            Level.NOTE,
            "A rule that says what the default says is skipped, so that it cannot override another rule for its names",
            "take it out"),
    SHADOWED_RULE(
            Level.WARNING,
            "Another rule always answers for this name, wider than this one",
            "take out the rule that is not meant"),
    START_DENIED(
            Level.WARNING,
            "A runtime makes these calls under the filter, with and without no-new-privileges: it does not start a container",
            "allow them"),
    SUB_ABI(
            Level.NOTE,
            "A second ABI is opened: every allowed name is allowed there too, under another number",
            "leave it out if no program of that ABI runs"),
    TOO_LARGE(Level.NOTE, "The file is too large to compare its rules with each other", "split it"),
    UNCONFINED(
            Level.ERROR,
            "Neither a default action nor rules: engines start the container without any filter",
            "name a default action"),
    UNKNOWN_ARCHITECTURE(
            Level.ERROR, "No such SCMP_ARCH_* constant: runtimes refuse the file or open nothing", "mend the name"),
    UNKNOWN_CAPABILITY(
            Level.ERROR,
            "No such capability: engines compare text with the names in the bounding set, so that it is never present",
            "write the full name, e.g. CAP_SYS_ADMIN"),
    UNKNOWN_FLAG(Level.ERROR, "No such SECCOMP_FILTER_FLAG_* constant: runtimes refuse the file", "mend the name"),
    UNKNOWN_KEY(
            Level.WARNING,
            "A key that engines do not know: they ignore it and what it holds",
            "mend it or take it out"),
    UNKNOWN_NAME(
            Level.ERROR,
            "No architecture has a system call of this name: runtimes drop it without a word",
            "mend the name or take it out"),
    UNMASKED_BYPASS(
            Level.WARNING,
            "A 32-bit argument compared in all 64 bits: the kernel ignores the upper half, with which a program escapes the"
                    + " test",
            "use SCMP_CMP_MASKED_EQ with value 4294967295 and the datum in valueTwo"),
    UNMASKED_INT(
            Level.NOTE,
            "A 32-bit argument compared in all 64 bits: a call with something in the upper half is denied although the"
                    + " kernel would ignore it",
            "use SCMP_CMP_MASKED_EQ with value 4294967295 and the datum in valueTwo"),
    VALUE_TWO_IGNORED(
            Level.WARNING,
            "valueTwo means something with SCMP_CMP_MASKED_EQ only",
            "use SCMP_CMP_MASKED_EQ or take it out");

    private final Level level;
    private final String summary;
    private final String remedy;

    LintRule(Level level, String summary, String remedy) {
        this.level = level;
        this.summary = summary;
        this.remedy = remedy;
    }

    /** {@code unknown-name}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a finding has unless the options make it graver. */
    public Level level() {
        return level;
    }

    /** What happens, and why that is a finding. */
    public String summary() {
        return summary;
    }

    public String remedy() {
        return remedy;
    }
}
