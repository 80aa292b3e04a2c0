//! The variables that a notebook's cells hand to each other.
//!
//! evcxr writes such a store into each cell (0.22, `evcxr_internal_runtime.rs`), and the compiler then makes the same
//! hash map for every cell. The kernel names this module in its place: all that does not depend on a variable's type is
//! compiled once, with the crate. Names and behavior are evcxr's, and so is the layout: a store that a cell with evcxr's
//! own text has made goes on to a cell with this one.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

/// Begins the line by which a cell tells evcxr that the type of a variable is another one now.
pub const VARIABLE_CHANGED_TYPE: &str = "EVCXR_VARIABLE_CHANGED_TYPE:";
/// The line by which a cell tells evcxr that a `?` has ended it.
pub const USER_ERROR_OCCURRED: &str = "EVCXR_ERROR_OCCURRED";

/// The variables by their names. evcxr's own store has this one field as well: neither has room for another layout.
#[derive(Default)]
#[repr(transparent)]
pub struct VariableStore {
    variables: HashMap<String, Box<dyn Any>>,
}

impl VariableStore {
    /// Keeps a variable for later cells.
    pub fn put_variable<T: 'static>(&mut self, name: &str, value: T) {
        self.put(name, Box::new(value));
    }

    /// Whether a variable has this type, or is not there; says so where it has another one.
    pub fn check_variable<T: 'static>(&mut self, name: &str) -> bool {
        self.has_type(name, TypeId::of::<T>())
    }

    /// Gives a variable to a cell.
    pub fn take_variable<T: 'static>(&mut self, name: &str) -> T {
        match self.take(name).downcast() {
            Ok(value) => *value,
            Err(_) => changed_type(),
        }
    }

    /// Ends the process, as taking the variable would, where it is not there.
    pub fn expect_variable(&self, name: &str) {
        if !self.variables.contains_key(name) {
            missing(name);
        }
    }

    /// What is kept under a name, made if it is not there.
    pub fn lazy_arc<T: 'static, F: FnOnce() -> T>(&mut self, name: &str, create: F) -> Arc<T> {
        let kept = self.variables.entry(name.to_owned()).or_insert_with(|| Box::new(Arc::new(create())));
        match kept.downcast_ref::<Arc<T>>() {
            Some(value) => Arc::clone(value),
            None => changed_type(),
        }
    }

    fn put(&mut self, name: &str, value: Box<dyn Any>) {
        self.variables.insert(name.to_owned(), value);
    }

    fn take(&mut self, name: &str) -> Box<dyn Any> {
        self.variables.remove(name).unwrap_or_else(|| missing(name))
    }

    fn has_type(&self, name: &str, wanted: TypeId) -> bool {
        let is_wanted = self.variables.get(name).is_none_or(|value| (**value).type_id() == wanted);
        if !is_wanted {
            eprintln!("The type of the variable {name} was redefined, so was lost.");
            println!("{VARIABLE_CHANGED_TYPE}{name}");
        }
        is_wanted
    }
}

/// A store for a kernel's first cell, which hands it on.
pub fn create_variable_store() -> *mut VariableStore {
    Box::into_raw(Box::default())
}

#[cold]
fn missing(name: &str) -> ! {
    panic!("Variable '{name}' has gone missing")
}

#[cold]
fn changed_type() -> ! {
    panic!("Variable changed type")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_taken_as_it_was_put() {
        let mut store = VariableStore::default();
        store.put_variable("x", vec![1.5, 2.0]);
        store.expect_variable("x");
        assert!(store.check_variable::<Vec<f64>>("x"));
        assert_eq!(store.take_variable::<Vec<f64>>("x"), [1.5, 2.0]);
        assert!(store.check_variable::<f64>("x"), "what is not there has no other type");
    }

    #[test]
    fn another_type_is_noticed_and_the_variable_stays() {
        let mut store = VariableStore::default();
        store.put_variable("x", 1_i32);
        assert!(!store.check_variable::<f64>("x"));
        assert_eq!(store.take_variable::<i32>("x"), 1);
    }

    #[test]
    #[should_panic(expected = "Variable 'x' has gone missing")]
    fn a_variable_that_a_cell_has_not_given_back_is_missed() {
        VariableStore::default().expect_variable("x");
    }

    #[test]
    fn a_shared_value_is_made_once() {
        let mut store = VariableStore::default();
        let first = store.lazy_arc("runtime", || 1);
        assert_eq!(*store.lazy_arc("runtime", || 2), 1);
        assert_eq!(*first, 1);
    }
}
