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
                    + " containerd, kubernetes, oci and systemd know no conditions: all are decided for one host, whose"
                    + " architecture is this machine's unless --arch says another.",
            "kubernetes: the profile goes to -o FILE, the lines for the pod to standard output.",
        },
        exitCodeList = {
            "0:done",
            "2:wrong usage",
            "3:a file or a value cannot be used, or no engine takes the profile",
            "4:the output cannot be written",
        },
        footer = {
            "  profgen render app.seccomp.json --for podman -o app.podman.json",
            "  profgen render app.seccomp.json --for kubernetes --cap-add SYS_NICE -o profiles/app.json",
            "  profgen render app.seccomp.json --for systemd >app.service.d/seccomp.conf",
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
            description = "docker, podman, crio, containerd, kubernetes, oci or systemd.")
    private String consumer = "";

    @Mixin
    private HostOptions host = new HostOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            converter = OutputTarget.Converter.class,
            description = "Instead of standard output; for kubernetes the profile's place.")
    private @Nullable OutputTarget output;

    @Option(names = "--json", description = "Print {text, remarks} as one JSON object.")
    private boolean json;

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
        Path file = target.file();
        Rendered rendered = Renderer.render(
                form,
                profile,
                ProfileFiles.read(profile),
                hosts(form),
                file == null ? "" : String.valueOf(file.getFileName()));
        print(form, rendered, target);
        return ExitCode.DONE.status();
    }

    private OutputTarget target(Form form) {
        OutputTarget target = output == null ? OutputTarget.of("-") : output;
        if (form == Form.KUBERNETES && target.isStandardOutput()) {
            throw new ParameterException(spec.commandLine(), "--for kubernetes: expected -o FILE for the profile");
        }
        return target;
    }

    private List<Host> hosts(Form form) {
        List<Arch> arches = host.arches();
        if (arches.isEmpty()) {
            arches = form.isFlat() ? List.of(here()) : List.of(Arch.values());
        }
        if (form.isFlat() && arches.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--for " + consumer + ": expected one --arch");
        }
        return arches.stream().map(arch -> host.apply(Host.docker(arch))).toList();
    }

    private Arch here() {
        return Arch.byName(System.getProperty("os.arch", ""))
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "expected --arch"));
    }

    private void print(Form form, Rendered rendered, OutputTarget target) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean twoParts = form == Form.KUBERNETES;
        if (twoParts || !target.isStandardOutput()) {
            target.write(twoParts ? rendered.profile() : rendered.text(), out);
        }
        if (json) {
            out.println(toJson(rendered));
            return;
        }
        if (twoParts || target.isStandardOutput()) {
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
