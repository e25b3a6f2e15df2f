package org.soft4j.lm;

import java.nio.file.Path;

/**
 * Where a training writes.
 *
 * @param result folder for the finished adapter or model
 * @param checkpoint folder for resuming; removed by nobody but the caller
 */
public record TrainingOutput(Path result, Path checkpoint) {}
