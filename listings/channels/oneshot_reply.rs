//! A task that owns a heater and answers through oneshot channels.

use tokio::sync::{mpsc, oneshot};

enum Command {
    Set(f64),
    Get(oneshot::Sender<f64>),
}

async fn run_heater(mut commands: mpsc::Receiver<Command>) {
    let mut target = 18.0;
    while let Some(command) = commands.recv().await {
        match command {
            Command::Set(celsius) => target = celsius,
            // An error means that nobody waits for the answer any more.
            Command::Get(reply) => _ = reply.send(target),
        }
    }
    println!("Heater off");
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (commands, receiver) = mpsc::channel(8);
    let heater = tokio::spawn(run_heater(receiver));

    commands.send(Command::Set(21.0)).await?;
    let (reply, answer) = oneshot::channel();
    commands.send(Command::Get(reply)).await?;
    println!("The heater aims at {} °C", answer.await?);

    drop(commands);
    heater.await?;
    Ok(())
}
