package dev.palimpsest.query.recall;

import java.util.Arrays;

/// Numbers without boxes.
final class IntList {

    private int[] numbers = new int[4];
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return numbers[index];
    }

    /// Takes a number out, wherever it is.
    void remove(int number) {
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (numbers[i] != number) {
                numbers[left++] = numbers[i];
            }
        }
        size = left;
    }

    /// Takes all away; the room stays.
    void clear() {
        size = 0;
    }

    boolean endsWith(int number) {
        return size > 0 && numbers[size - 1] == number;
    }
}
