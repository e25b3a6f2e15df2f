// Start-up script for IJava: IJAVA_STARTUP_SCRIPTS_PATH names this file; docs/notebooks.md says how.
org.soft4j.notebooks.ijava.IJavaBinding.bind(io.github.spencerpark.ijava.IJava.getKernelInstance().getRenderer());
org.soft4j.notebooks.ijava.IJavaBinding.watchCells(io.github.spencerpark.ijava.IJava.getKernelInstance());
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;
import org.knowm.xchart.*;
import org.soft4j.compare.*;
import org.soft4j.core.*;
import org.soft4j.datasets.*;
import org.soft4j.datasets.micro.*;
import org.soft4j.eval.*;
import org.soft4j.evaluation.*;
import org.soft4j.judging.*;
import org.soft4j.lab.*;
import org.soft4j.lm.*;
import org.soft4j.lm.open.*;
import org.soft4j.plot.*;
import org.soft4j.run.*;
import org.soft4j.soft.*;
import org.soft4j.stages.*;
import org.soft4j.study.*;
import org.soft4j.table.*;
import tech.tablesaw.api.*;
org.soft4j.lab.Labs labs = new org.soft4j.lab.Labs(org.soft4j.notebooks.ijava.IJavaBinding.watch(io.github.spencerpark.ijava.IJava.getKernelInstance()));
void show(Object shown) { Object value = shown == null ? "null" : shown; io.github.spencerpark.ijava.runtime.Display.display(value); }
