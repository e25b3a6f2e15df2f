/**
 * Downloads of named files: whole and verified, or not at all. Everything that soft4j fetches over
 * the network by itself, sets and models, passes through {@link
 * org.soft4j.core.download.Downloader}.
 */
package org.soft4j.core.download;
