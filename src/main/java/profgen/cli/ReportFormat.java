package profgen.cli;

/** In which form a command prints its result. */
enum ReportFormat {
    TEXT,
    JSON,
    MARKDOWN,
    SARIF
}
