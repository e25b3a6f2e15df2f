package org.soft4j.lm;

import java.nio.file.Path;

/**
 * Where a training writes.
 *
 * @param adapter folder for the finished adapter
 * @param checkpoint folder for resuming; removed by nobody but the caller
 */
public record TrainingOutput(Path adapter, Path checkpoint) {}
