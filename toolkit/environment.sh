# How a process that computes waits for its threads and fetches memory; the launcher and the benchmarks source it.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
# A moment's spinning between two products spares most sleeps; longer takes the processor from others.
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-5000}"
# One heap that keeps what tensors leave: to fetch their pages anew for every tensor takes up to a fifth of the time.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-33554432}"
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-268435456}"
