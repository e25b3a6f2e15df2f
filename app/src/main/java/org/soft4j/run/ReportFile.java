package org.soft4j.run;

import java.nio.file.Path;

/**
 * A report on disk, which a notebook shows in the page.
 *
 * @param file one self-contained HTML page
 */
public record ReportFile(Path file) {}
