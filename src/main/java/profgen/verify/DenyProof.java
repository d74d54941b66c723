package profgen.verify;

import profgen.filter.Decision;

/**
 * Whether a call is refused in the container.
 *
 * @param evidence what was seen, in words
 */
public record DenyProof(AskedDenial asked, Decision decision, boolean denied, String evidence) {}
