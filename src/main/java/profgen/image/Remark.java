package profgen.image;

/**
 * What an unpacked tree lacks of its image; for the completeness ledger.
 *
 * @param kind in kebab case, e.g. {@code device-nodes-left-out}
 * @param detail one sentence
 */
public record Remark(String kind, String detail) {}
