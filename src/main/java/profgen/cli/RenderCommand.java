package profgen.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import profgen.filter.BpfProgram;
import profgen.filter.Engine;
import profgen.filter.Host;
import profgen.render.Form;
import profgen.render.Rendered;
import profgen.render.Renderer;
import profgen.syscall.Arch;

/** {@code profgen render}: the same policy for each consumer. */
@Command(
        name = "render",
        description = {
            "Writes the policy of a profile in the form that another consumer reads.",
            "",
            "The policy is what Docker makes of the profile on the host that the options name. What a form cannot say, and"
                    + " what was decided for that host, is said on standard error.",
            "",
            "docker, podman and crio keep conditions and are for both architectures, unless --arch says one."
                    + " The others know no conditions: all are decided for one host, whose architecture is this machine's"
                    + " unless --arch says another.",
            "kubernetes: the profile goes to -o FILE, the lines for the pod to standard output. spo: a SeccompProfile of"
                    + " the Security Profiles Operator. bpf: the program that the installed libseccomp makes. c: a program"
                    + " in C for libseccomp that executes a command under the filter.",
        },
        exitCodeList = {
            "0:done",
            "2:wrong usage",
            "3:a file or a value cannot be used, or no engine takes the profile",
            "4:the output cannot be written, or libseccomp is missing",
        },
        footer = {
            "  profgen render app.seccomp.json --for podman -o app.podman.json",
            "  profgen render app.seccomp.json --for kubernetes --cap-add SYS_NICE -o profiles/app.json",
            "  profgen render app.seccomp.json --for systemd >app.service.d/seccomp.conf",
            "  profgen render app.seccomp.json --for spo --name app | kubectl apply -f -",
            "  profgen render app.seccomp.json --for bpf --bpf raw -o app.bpf",
            "  profgen render app.seccomp.json --for c -o app.c && cc -o confined app.c -lseccomp",
        })
final class RenderCommand implements Callable<Integer>, SaysErrorsInJson {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "PROFILE", description = "A file, or a baseline such as docker-default.")
    private String profile = "";

    @Option(
            names = "--for",
            required = true,
            paramLabel = "FORM",
            description = "docker, podman, crio, containerd, kubernetes, oci, spo, systemd, bpf or c.")
    private String consumer = "";

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputTarget.Converter.class,
            description = "Instead of standard output; for kubernetes the profile's place.")
    private @Nullable OutputTarget output;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "kubernetes: where the file will lie, from the folder of the kubelet's profiles; default: -o's file"
                            + " name. spo: the resource's name; default: PROFILE's file name up to its first dot.")
    private @Nullable String name;

    @Option(
            names = "--bpf",
            paramLabel = "text|raw",
            defaultValue = "text",
            description = "bpf: a listing, or the bytes of the struct sock_filter array. Default: ${DEFAULT-VALUE}.")
    private BpfKind bpf = BpfKind.TEXT;

    @Option(names = "--json", description = "Print {text, remarks} as one JSON object.")
    private boolean json;

    private enum BpfKind {
        TEXT,
        RAW
    }

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public Integer call() {
        Form form = Form.byLabel(consumer)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--for " + consumer + ": expected one of " + Form.labels()));
        OutputTarget target = target(form);
        target.checkWritable();
        Rendered rendered = Renderer.render(
                form, profile, ProfileFiles.readFor(engine(), profile), hosts(form), called(form, target));
        print(form, rendered, target);
        return ExitCode.DONE.status();
    }

    private OutputTarget target(Form form) {
        OutputTarget target = output == null ? OutputTarget.of("-") : output;
        if (form == Form.KUBERNETES && target.isStandardOutput()) {
            throw new ParameterException(spec.commandLine(), "--for kubernetes: expected -o FILE for the profile");
        }
        if (name != null && form != Form.KUBERNETES && form != Form.SPO) {
            throw new ParameterException(spec.commandLine(), "--name: for kubernetes and spo only");
        }
        if (bpf == BpfKind.RAW && form != Form.BPF) {
            throw new ParameterException(spec.commandLine(), "--bpf raw: for bpf only");
        }
        if (bpf == BpfKind.RAW && target.isStandardOutput() && (json || Terminal.stdoutIsTerminal())) {
            throw new ParameterException(
                    spec.commandLine(), "--bpf raw: expected -o FILE, or standard output that is no terminal");
        }
        return target;
    }

    private String called(Form form, OutputTarget target) {
        if (name != null) {
            return name;
        }
        Path file = form == Form.KUBERNETES ? target.file() : ProfileFiles.path(profile);
        String last = file == null ? "" : String.valueOf(file.getFileName());
        return form == Form.SPO ? last.replaceFirst("(?<=.)\\..*", "") : last;
    }

    private List<Host> hosts(Form form) {
        List<Arch> arches = host.arches();
        boolean flat = Renderer.isFlat(form, engine());
        if (arches.isEmpty()) {
            arches = flat ? List.of(HostOptions.own()) : List.of(Arch.values());
        }
        if (flat && arches.size() > 1) {
            String why = form.isFlat() ? "" : ", since conditions as another engine than Docker reads them are decided";
            throw new ParameterException(spec.commandLine(), "--for " + consumer + ": expected one --arch" + why);
        }
        return arches.stream().map(arch -> host.apply(Host.docker(arch))).toList();
    }

    /** Whose reading of the file is the policy. */
    private Engine engine() {
        return host.apply(Host.docker(Arch.X86_64)).engine();
    }

    private void print(Form form, Rendered rendered, OutputTarget target) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean twoParts = form == Form.KUBERNETES;
        BpfProgram program = bpf == BpfKind.RAW ? rendered.program() : null;
        if (program != null) {
            target.write(program.toBytes());
        } else if (twoParts || !target.isStandardOutput()) {
            target.write(twoParts ? rendered.profile() : rendered.text(), out);
        }
        if (json) {
            out.println(toJson(rendered));
            return;
        }
        if (twoParts || (program == null && target.isStandardOutput())) {
            out.print(rendered.text());
            out.flush();
        }
        rendered.remarks().forEach(remark -> err.println(remark.label() + ": " + remark.text()));
        err.flush();
    }

    private static ObjectNode toJson(Rendered rendered) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("text", rendered.text());
        ArrayNode remarks = node.putArray("remarks");
        rendered.remarks()
                .forEach(remark ->
                        remarks.addObject().put("kind", remark.label()).put("text", remark.text()));
        return node;
    }
}
