package profgen.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import profgen.filter.BpfProgram;

/**
 * One consumer's form of a policy.
 *
 * @param profile for Kubernetes the file that belongs on the node, while text is the part of the pod's specification; otherwise empty
 * @param program for BPF what text lists; otherwise null
 */
public record Rendered(
        String text, String profile, @Nullable BpfProgram program, List<Remark> remarks) {
    public Rendered {
        remarks = List.copyOf(remarks);
    }

    static Rendered of(String text, List<Remark> remarks) {
        return new Rendered(text, "", null, remarks);
    }
}
