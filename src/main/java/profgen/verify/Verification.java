package profgen.verify;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What came out.
 *
 * @param attempts the starts under the profile, up to the first that failed
 * @param failure why the last of them failed; empty if all worked
 * @param denied what the filter refused, by first sight; also where all worked, if the place tells
 * @param floor names that the profile lacks of those that the runtime itself calls before the workload is there; looked at where nothing
 *     was refused to the workload, or the container was not started
 * @param proofs one for each call that must be refused
 * @param remarks what else helps to understand a failure, one sentence each
 */
public record Verification(
        List<Attempt> attempts,
        Optional<String> failure,
        List<DeniedCall> denied,
        SortedSet<String> floor,
        List<DenyProof> proofs,
        List<String> remarks) {
    public Verification {
        attempts = List.copyOf(attempts);
        denied = List.copyOf(denied);
        floor = Collections.unmodifiableSortedSet(new TreeSet<>(floor));
        proofs = List.copyOf(proofs);
        remarks = List.copyOf(remarks);
    }

    public boolean passed() {
        return failure.isEmpty() && proofs.stream().allMatch(DenyProof::denied);
    }
}
