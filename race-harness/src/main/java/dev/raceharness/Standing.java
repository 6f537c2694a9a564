package dev.raceharness;

/**
 * Where a waiting backend stands: at a gate, or behind another backend.
 *
 * @param slot its slot at a gate, or 0
 * @param gate number of that gate, or 0
 * @param behind backend that holds the lock it waits for, or 0
 */
record Standing(int backend, int slot, int gate, int behind) {

    boolean atGate() {
        return behind == 0;
    }
}
