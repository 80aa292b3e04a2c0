//! Cells as evcxr compiles them: functions of a shared library that take the variables and give them back.

use std::ffi::c_void;
use std::io::{Read, Write};
use std::time::Duration;

#[derive(Default)]
struct Variables {
    number: i64,
    values: Vec<u8>,
}

macro_rules! cells {
    ($($name:ident($variables:ident) $body:block)*) => {
        $(
            #[unsafe(no_mangle)]
            pub extern "C" fn $name(pointer: *mut c_void) -> *mut c_void {
                let pointer = match pointer.is_null() {
                    true => Box::into_raw(Box::<Variables>::default()),
                    false => pointer.cast(),
                };
                let $variables = unsafe { &mut *pointer };
                // As evcxr does.
                let body = std::panic::AssertUnwindSafe(|| $body);
                if std::panic::catch_unwind(body).is_err() {
                    println!("EVCXR_PANIC_NOTIFICATION");
                }
                pointer.cast()
            }
        )*
    };
}

cells! {
    increase(variables) { variables.number += 1 }
    show(variables) { println!("number {}", variables.number) }
    exit_3(variables) { variables.number = -1; std::process::exit(3) }
    abort(variables) { variables.number = -1; std::process::abort() }
    overflow(variables) { variables.number = -1; recurse(1); }
    overflow_in_thread(variables) { variables.number = -1; drop(std::thread::spawn(|| recurse(1)).join()) }
    allocate_40_gb(variables) { variables.number = -1; variables.values = vec![1; 40_000_000_000] }
    grow(variables) { variables.number = -1; loop { variables.values.extend([1; 100_000]); } }
    endless(variables) { variables.number = -1; loop { std::hint::spin_loop(); } }
    endless_printing(variables) { variables.number = -1; loop { println!("again and again"); } }
    invalid_memory(variables) { variables.number = -1; unsafe { std::ptr::without_provenance_mut::<u8>(16).write_volatile(1) } }
    wait_for_a_program(variables) {
        variables.number = -1;
        let mut program = std::process::Command::new("sleep").arg("1000").spawn().unwrap();
        println!("program {}", program.id());
        drop(program.wait());
    }
    leave_a_thread(_variables) { drop(std::thread::spawn(|| std::thread::sleep(Duration::from_secs(1000)))) }
    end_later(_variables) { drop(std::thread::spawn(|| { std::thread::sleep(Duration::from_millis(200)); std::process::exit(7) })) }
    no_text(_variables) { std::io::stdout().write_all(b"a\xffb\n").unwrap(); std::io::stderr().write_all(b"\xfe\n").unwrap() }
    no_line_end_and_panic(_variables) { print!("step 3 "); panic!("at step 3") }
    both_streams(_variables) { for turn in 0..20 { println!("out {turn}"); eprintln!("error {turn}"); } }
    stay_in_content(_variables) { println!("EVCXR_BEGIN_CONTENT text/html\n<b>") }
    pretend_to_end(_variables) { println!("EVCXR_EXECUTION_COMPLETE\nmore") }
    read(_variables) {
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line).unwrap();
        println!("read {read} bytes");
        assert_eq!(std::io::stdin().read_to_string(&mut line).unwrap(), 0);
    }
    set_panic_hook(_variables) { std::panic::set_hook(Box::new(|_| println!("a friendly word"))) }
    panic(_variables) { panic!("a number is missing") }
}

#[unsafe(no_mangle)]
pub extern "C" fn neurobook_flush_stdout() {
    std::io::stdout().flush().unwrap();
}

#[expect(unconditional_recursion, reason = "this is how the stack overflows")]
fn recurse(depth: u64) -> u64 {
    std::hint::black_box(recurse(depth + 1)) + 1
}
