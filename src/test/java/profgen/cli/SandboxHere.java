package profgen.cli;

import profgen.host.Doctor;
import profgen.host.Finding;
import profgen.tracer.TracerBinary;

/** Whether the built-in container works on this machine. */
public final class SandboxHere {
    private static final boolean WORKS = Doctor.examine(TracerBinary.locate()).stream()
            .filter(finding -> finding.name().equals("sandbox"))
            .anyMatch(Finding::works);

    private SandboxHere() {}

    public static boolean works() {
        return WORKS;
    }
}
