//! A thread for each of 1,000 sensors, all connected at once.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, ThreadId};

/// Confirms the sensor's readings until it hangs up.
fn serve(mut sensor: TcpStream) -> io::Result<ThreadId> {
    while sensor.read(&mut [0])? > 0 {
        sensor.write_all(b"noted")?;
    }
    Ok(thread::current().id())
}

fn accept(listener: TcpListener, count: usize) -> io::Result<()> {
    let mut threads = Vec::new();
    for _ in 0..count {
        let (sensor, _) = listener.accept()?;
        threads.push(thread::spawn(|| serve(sensor)));
    }
    let mut ids = HashSet::new();
    for thread in threads {
        ids.insert(thread.join().expect("it does not panic")?);
    }
    println!("Threads that served them: {}", ids.len());
    Ok(())
}

fn main() -> io::Result<()> {
    rlimit::increase_nofile_limit(4_000)?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let server = thread::spawn(|| accept(listener, 1_000));

    let mut sensors = Vec::new();
    for _ in 0..1_000 {
        let mut sensor = TcpStream::connect(address)?;
        sensor.write_all(&[21])?;
        sensor.read_exact(&mut [0; 5])?;
        sensors.push(sensor);
    }
    println!("Connected and confirmed: {}", sensors.len());
    drop(sensors);
    server.join().expect("it does not panic")
}
