package dev.raceharness;

/** A racer that waits in a trigger for the lock of its slot. */
record SlotHold(Gate gate, int slot, GateLocks locks) implements Hold {

    @Override
    public void release() {
        locks.open(slot);
    }

    @Override
    public void releaseWithNextQuestion() {
        locks.openWithNextQuestion(slot);
    }

    @Override
    public void fail(Fault fault) {
        if (fault instanceof Fault.Raise raise) {
            locks.openWithFault(slot, raise.sqlState());
        } else {
            Hold.super.fail(fault);
        }
    }
}
