//! Lists of post numbers in few bytes: the first number, then the distance of each to the one
//! before, seven bits a byte.

/// Decodes the numbers in order, up to the first byte that is no part of a list.
pub fn decode(bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::with_capacity(bytes.len());
    let mut last = 0u64;
    let mut value = 0u64;
    let mut shift = 0;
    for &byte in bytes {
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 != 0 {
            shift = (shift + 7).min(63);
            continue;
        }
        last = last.wrapping_add(value);
        numbers.push(last);
        value = 0;
        shift = 0;
    }
    numbers
}

pub fn encode(numbers: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(numbers.len() * 2);
    let mut last = 0;
    for &number in numbers {
        push_varint(&mut bytes, number - last);
        last = number;
    }
    bytes
}

/// Appends a number to a list whose last number is `last`, unless the list is empty.
pub fn push(bytes: &mut Vec<u8>, last: u64, number: u64) {
    let distance = if bytes.is_empty() {
        number
    } else {
        number - last
    };
    push_varint(bytes, distance);
}

/// Joins two lists, of which the second has the greater numbers.
pub fn join(first: &[u8], second: &[u8]) -> Vec<u8> {
    encode(&[decode(first), decode(second)].concat())
}

/// Returns the index for `Vec::insert` of a number; none if the list has the number.
pub fn insert_index(numbers: &[u64], number: u64) -> Option<usize> {
    numbers.binary_search(&number).err()
}

/// Decodes the first number of a list that is not empty, and none of the others.
pub fn first(bytes: &[u8]) -> u64 {
    let length = bytes.iter().position(|byte| byte & 0x80 == 0);
    let numbers = decode(&bytes[..length.map_or(0, |last| last + 1)]);
    numbers.first().copied().unwrap_or_default()
}

/// Returns the greatest number that is not above `limit`.
pub fn at_most(numbers: &[u64], limit: u64) -> Option<u64> {
    let count = numbers.partition_point(|&number| number <= limit);
    count.checked_sub(1).map(|index| numbers[index])
}

fn push_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: [&[u64]; 5] = [
        &[],
        &[0],
        &[0, 1, 127, 128, 16_511, 1_000_000],
        &[1 << 40, (1 << 40) + 1],
        &[u64::MAX - 1, u64::MAX],
    ];

    #[test]
    fn an_encoded_list_decodes_to_itself() {
        for list in LISTS {
            assert_eq!(decode(&encode(list)), list);
        }
    }

    #[test]
    fn numbers_pushed_one_by_one_make_the_same_list() {
        for list in LISTS {
            let mut bytes = Vec::new();
            let mut last = 0;
            for &number in list {
                push(&mut bytes, last, number);
                last = number;
            }
            assert_eq!(bytes, encode(list));
        }
    }

    #[test]
    fn two_lists_are_joined() {
        let joined = join(&encode(&[1, 5]), &encode(&[7, 9]));
        assert_eq!(
            (decode(&joined), join(&[], &joined)),
            (vec![1, 5, 7, 9], joined)
        );
    }

    #[test]
    fn consecutive_numbers_take_one_byte_each() {
        let numbers: Vec<u64> = (1_000_000..1_000_500).collect();
        assert_eq!(encode(&numbers).len(), 3 + 499);
    }

    #[test]
    fn bytes_that_are_no_list_do_no_harm() {
        assert_eq!(decode(&[0xff; 40]), Vec::<u64>::new());
    }

    #[test]
    fn the_greatest_number_up_to_a_limit_is_found() {
        let list = [3, 5, 9];
        assert_eq!(
            [2, 3, 8, 9, u64::MAX].map(|limit| at_most(&list, limit)),
            [None, Some(3), Some(5), Some(9), Some(9)]
        );
    }

    #[test]
    fn a_number_in_the_list_has_no_insert_index() {
        let list = [3, 5];
        assert_eq!(
            [4, 5].map(|number| insert_index(&list, number)),
            [Some(1), None]
        );
    }
}
